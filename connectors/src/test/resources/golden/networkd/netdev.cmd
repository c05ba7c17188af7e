command: cat /etc/systemd/network/99-wg0.netdev /etc/systemd/network/99-wg0.network
host: srv
at: 1795350600.25
