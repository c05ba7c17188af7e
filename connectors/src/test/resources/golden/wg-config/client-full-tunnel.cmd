command: cat /etc/wireguard/wg0.conf
host: cli
at: 1795349516.655
exit: 0
