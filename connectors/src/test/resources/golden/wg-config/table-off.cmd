command: cat /etc/wireguard/wg0.conf
host: srv
at: 1795350874.971
exit: 0
