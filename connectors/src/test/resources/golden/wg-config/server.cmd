command: cat /etc/wireguard/wg0.conf
host: srv
at: 1795349721.812
exit: 0
