command: ip route get 203.0.113.10
host: cli
at: 1795350600.25
exit: 2
recognised: no
