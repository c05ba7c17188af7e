command: nmap -sU -p 51820 vpn.example.com
host: cli
at: 1795350600.25
