package io.clusterrecovery.aws;

import io.clusterrecovery.testkit.AwsSimulator;
import java.util.List;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Action;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ActionTypeEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.ProtocolEnum;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.Tag;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetDescription;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetTypeEnum;

/** Makes target groups and listeners beside those that a simulator has from the start. */
record ElbSetup(ElasticLoadBalancingV2Client elb, AwsSimulator aws) {

  /** A group that the internal load balancer forwards to from that port; its ARN. */
  String group(String name, TargetTypeEnum type, int listenerPort, int port) {
    TargetGroup internal = internal();
    String arn =
        elb.createTargetGroup(
                r ->
                    r.name(name)
                        .protocol(ProtocolEnum.TCP)
                        .port(port)
                        .targetType(type)
                        .vpcId(internal.vpcId()))
            .targetGroups()
            .get(0)
            .targetGroupArn();
    elb.createListener(
        r ->
            r.loadBalancerArn(internal.loadBalancerArns().get(0))
                .protocol(ProtocolEnum.TCP)
                .port(listenerPort)
                .defaultActions(forwardTo(arn)));
    return arn;
  }

  void tag(String arn, String key, String value) {
    elb.addTags(r -> r.resourceArns(arn).tags(Tag.builder().key(key).value(value).build()));
  }

  void register(String group, String id, int port) {
    elb.registerTargets(r -> r.targetGroupArn(group).targets(target(id, port)));
  }

  void deregister(String group, String id, int port) {
    elb.deregisterTargets(r -> r.targetGroupArn(group).targets(target(id, port)));
  }

  /** Who is registered, as {@code id:port}. */
  List<String> targets(String group) {
    return elb
        .describeTargetHealth(r -> r.targetGroupArn(group))
        .targetHealthDescriptions()
        .stream()
        .filter(h -> !h.targetHealth().stateAsString().equals("draining"))
        .map(h -> h.target().id() + ":" + h.target().port())
        .sorted()
        .toList();
  }

  private TargetGroup internal() {
    return elb.describeTargetGroups(r -> r.targetGroupArns(aws.internalTargetGroup()))
        .targetGroups()
        .get(0);
  }

  private static Action forwardTo(String arn) {
    return Action.builder().type(ActionTypeEnum.FORWARD).targetGroupArn(arn).build();
  }

  private static TargetDescription target(String id, int port) {
    return TargetDescription.builder().id(id).port(port).build();
  }
}
