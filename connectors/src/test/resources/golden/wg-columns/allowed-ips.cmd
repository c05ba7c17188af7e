command: wg show wg0 allowed-ips
host: srv
at: 1795350600.25
exit: 0
recognised: no
