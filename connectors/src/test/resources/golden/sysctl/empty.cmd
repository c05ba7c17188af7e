command: sysctl net.ipv4.ip_forward
host: srv
at: 1795350600.25
exit: 0
