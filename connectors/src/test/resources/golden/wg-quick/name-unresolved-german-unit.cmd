command: systemctl status wg-quick@wg0
host: srv
at: 1795350600.25
