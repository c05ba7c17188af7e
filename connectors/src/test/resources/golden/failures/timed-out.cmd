command: sysctl -a
host: srv
at: 1795350600.25
exit: 124
recognised: no
