command: ip route get 10.99.1.1
host: cli
at: 1795350600.25
exit: 2
recognised: no
