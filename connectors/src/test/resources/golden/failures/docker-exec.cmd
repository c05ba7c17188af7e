command: docker exec -it vpn wg show
host: srv
at: 1795350600.25
exit: 126
recognised: no
