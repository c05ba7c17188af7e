command: cat /etc/wireguard/wg0.conf
host: cli
at: 1795350587.79
exit: 0
