command: cat /etc/wireguard/wg0.conf
host: srv
at: 1795350600.25
