command: cat /etc/wireguard/wg0.conf
host: srv
at: 1795350196.779
exit: 0
