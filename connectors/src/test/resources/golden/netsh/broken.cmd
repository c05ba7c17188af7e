command: netsh advfirewall firewall show rule name=WireGuard
host: srv
at: 1795350600.25
exit: 0
unread: 0
recognised: no
