command: cat /etc/systemd/network/99-wg0.netdev
host: srv
at: 1795350600.25
