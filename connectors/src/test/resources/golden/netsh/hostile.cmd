command: netsh advfirewall firewall show rule name=all
host: srv
at: 1795350600.25
exit: 0
