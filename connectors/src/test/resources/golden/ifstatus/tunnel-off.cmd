command: ifstatus wg0
host: router
at: 1795350600.25
exit: 0
