command: cat /etc/systemd/network/10-eth.network
host: srv
at: 1795350600.25
unread: 0
recognised: no
