command: Resolve-DnsName vpn.example.org -Server 10.66.66.1
host: srv
at: 1795350600.25
