command: 
host: ec2
at: 1795350600.25
