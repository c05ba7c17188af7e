command: ip route get 203.0.113.10
host: srv
at: 1795350600.25
exit: 0
recognised: no
