package io.clusterrecovery.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Makes, through moto, what an OpenShift 4.1 or kubeadm cluster on AWS has. */
final class AwsBootstrap {
  private static final String ELB = "elasticloadbalancing";
  private static final String ELB_VERSION = "2015-12-01";
  private static final String EC2_VERSION = "2016-11-15";

  private final MotoClient moto;
  private final AwsSettings settings;

  AwsBootstrap(MotoClient moto, AwsSettings settings) {
    this.moto = moto;
    this.settings = settings;
  }

  /** What was made. */
  record Made(String zoneId, String internalArn, String externalArn) {}

  Made run() {
    String vpc = ec2("CreateVpc", Map.of("CidrBlock", "10.0.0.0/16"), "vpcId");
    String subnet =
        ec2("CreateSubnet", Map.of("VpcId", vpc, "CidrBlock", "10.0.0.0/16"), "subnetId");
    String zone = zone(vpc);
    addRecords(zone);
    return new Made(zone, group("internal", vpc, subnet), group("external", vpc, subnet));
  }

  private String ec2(String action, Map<String, String> fields, String wanted) {
    AwsReply reply = MotoClient.succeeded(moto.query("ec2", action, EC2_VERSION, fields));
    return AwsXml.first(AwsXml.parse(reply.body()), wanted);
  }

  private String zone(String vpc) {
    String body =
        "<CreateHostedZoneRequest xmlns=\"%s\"><Name>%s</Name><VPC><VPCRegion>us-east-1</VPCRegion><VPCId>%s</VPCId></VPC><CallerReference>lab</CallerReference><HostedZoneConfig><PrivateZone>true</PrivateZone></HostedZoneConfig></CreateHostedZoneRequest>"
            .formatted(AwsRoute53.NAMESPACE, settings.zone(), vpc);
    AwsReply reply = MotoClient.succeeded(moto.route53("POST", "hostedzone", body));
    return AwsXml.first(AwsXml.parse(reply.body()), "Id").replaceFirst("^/hostedzone/", "");
  }

  private void addRecords(String zone) {
    List<String> etcd = new ArrayList<>();
    settings
        .records()
        .forEach(
            (name, ip) -> {
              String whole = name + "." + settings.zone();
              addRecord(zone, whole, "A", List.of(ip));
              if (name.startsWith("etcd-")) {
                etcd.add("0 10 2380 " + whole);
              }
            });
    if (!etcd.isEmpty()) {
      String service = "_etcd-server-ssl._tcp." + settings.zone();
      addRecord(zone, service, "SRV", etcd.stream().sorted().toList());
    }
  }

  private void addRecord(String zone, String name, String type, List<String> values) {
    StringBuilder records = new StringBuilder();
    values.forEach(
        v ->
            records
                .append("<ResourceRecord><Value>")
                .append(v)
                .append("</Value></ResourceRecord>"));
    String body =
        "<ChangeResourceRecordSetsRequest xmlns=\"%s\"><ChangeBatch><Changes><Change><Action>CREATE</Action><ResourceRecordSet><Name>%s</Name><Type>%s</Type><TTL>%d</TTL><ResourceRecords>%s</ResourceRecords></ResourceRecordSet></Change></Changes></ChangeBatch></ChangeResourceRecordSetsRequest>"
            .formatted(AwsRoute53.NAMESPACE, name, type, settings.ttl().toSeconds(), records);
    MotoClient.succeeded(moto.route53("POST", "hostedzone/" + zone + "/rrset/", body));
  }

  private String group(String name, String vpc, String subnet) {
    String port = Integer.toString(settings.port());
    Map<String, String> group =
        Map.of("Name", name, "Protocol", "TCP", "Port", port, "VpcId", vpc, "TargetType", "ip");
    String arn = elb("CreateTargetGroup", group, "TargetGroupArn");
    String scheme = name.equals("internal") ? "internal" : "internet-facing";
    Map<String, String> balancer =
        Map.of(
            "Name", "lab-" + name, "Type", "network", "Scheme", scheme, "Subnets.member.1", subnet);
    Map<String, String> listener =
        Map.of(
            "LoadBalancerArn",
            elb("CreateLoadBalancer", balancer, "LoadBalancerArn"),
            "Protocol",
            "TCP",
            "Port",
            port,
            "DefaultActions.member.1.Type",
            "forward",
            "DefaultActions.member.1.TargetGroupArn",
            arn);
    elb("CreateListener", listener, "ListenerArn");
    return arn;
  }

  private String elb(String action, Map<String, String> fields, String wanted) {
    AwsReply reply = MotoClient.succeeded(moto.query(ELB, action, ELB_VERSION, fields));
    return AwsXml.first(AwsXml.parse(reply.body()), wanted);
  }
}
