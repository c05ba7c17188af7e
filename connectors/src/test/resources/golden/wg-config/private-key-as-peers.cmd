command: cat /etc/wireguard/wg0.conf
host: cli
at: 1795350600.25
