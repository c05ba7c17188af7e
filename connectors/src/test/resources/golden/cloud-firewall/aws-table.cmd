command: aws ec2 describe-security-groups --query SecurityGroups[].IpPermissions[].[IpProtocol,FromPort,ToPort,IpRanges[0].CidrIp] --output table
host: node
at: 1795350600.25
