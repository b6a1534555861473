package io.clusterrecovery.testkit;

import java.util.Map;
import org.w3c.dom.Element;

/** What moto knows of a target group. */
record AwsTargetGroup(String arn, String type, int port, boolean inUse) {
  private static final String ZONE = "us-east-1a";

  /** Throws the error of ELBv2 when there is no such group. */
  static AwsTargetGroup find(MotoClient moto, String arn) {
    AwsReply reply =
        moto.query(
            "elasticloadbalancing",
            "DescribeTargetGroups",
            "2015-12-01",
            Map.of("TargetGroupArns.member.1", arn));
    if (!reply.ok()) {
      throw new AwsError(400, "TargetGroupNotFound", "One or more target groups not found");
    }
    Element root = AwsXml.parse(reply.body());
    int port = Integer.parseInt(AwsXml.first(root, "Port"));
    boolean inUse = !AwsXml.first(root, "LoadBalancerArns").isEmpty();
    return new AwsTargetGroup(arn, AwsXml.first(root, "TargetType"), port, inUse);
  }

  /** Where a target stands: as asked for, otherwise found by its subnet. */
  String zoneFor(AwsTarget target, String asked) {
    if (target.port() < 1 || target.port() > 65535) {
      throw new AwsError(400, "ValidationError", "Port '" + target.port() + "' is out of range");
    }
    return asked.isEmpty() ? ZONE : asked;
  }

  /** A group that no load balancer uses has no checks made. */
  AwsHealth seen(AwsHealth health) {
    return inUse || health.state() == AwsHealth.State.DRAINING ? health : AwsHealth.NOT_IN_USE;
  }
}
