command: ss -lunp | grep wg
host: srv
at: 1795350600.25
exit: 1
