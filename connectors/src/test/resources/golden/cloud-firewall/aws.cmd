command: aws ec2 describe-security-groups
host: srv
at: 1795350600.25
exit: 0
