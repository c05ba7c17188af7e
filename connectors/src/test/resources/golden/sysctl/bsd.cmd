command: sysctl net.inet.ip.forwarding
host: srv
at: 1795350600.25
