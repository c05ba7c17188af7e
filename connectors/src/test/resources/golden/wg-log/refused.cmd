command: docker logs sing-box
host: srv
at: 1795350600.25
exit: 0
