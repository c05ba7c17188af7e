command: tnc intranet.example.com -Port 443 -InformationLevel Detailed
host: pc
at: 1795350600.25
