command: ip -s -s link show wg0
host: srv
at: 1795350600.25
exit: 0
