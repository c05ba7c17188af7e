command: ip route get 192.168.50.1; ip neigh show 192.168.50.1
host: cli
at: 1795350813.159
exit: 0
recognised: no
