command: cat /etc/wireguard/wg0.conf
host: srv
at: 1795350600.25
unread: 3,5,8
