help();
var warm = Runbook.named("warm");
var host = SshHost.at("127.0.0.1").user("root");
var etcd = EtcdCluster.at(URI.create("http://127.0.0.1:1"));
/exit
