package io.clusterrecovery.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** ELBv2 with the strictness of AWS: moto keeps the target groups, this keeps their targets. */
final class AwsElb {
  static final String NAMESPACE = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

  private final MotoClient moto;
  private final AwsTargets targets;

  AwsElb(MotoClient moto, AwsTargets targets) {
    this.moto = moto;
    this.targets = targets;
  }

  AwsReply handle(AwsRequest request) {
    Map<String, String> form = request.form();
    return switch (form.getOrDefault("Action", "")) {
      case "RegisterTargets" -> register(form);
      case "DeregisterTargets" -> deregister(form);
      case "DescribeTargetHealth" -> health(form);
      default -> moto.forward(request);
    };
  }

  private AwsReply register(Map<String, String> form) {
    AwsTargetGroup group = group(form);
    Map<AwsTarget, String> wanted = new LinkedHashMap<>();
    for (int i : indexes(form)) {
      AwsTarget target = AwsTarget.of(form, i, group.port());
      String zone = form.getOrDefault("Targets.member." + i + ".AvailabilityZone", "");
      wanted.put(target, group.zoneFor(target, zone));
    }
    wanted.forEach((target, zone) -> targets.register(group.arn(), target, zone));
    return reply("RegisterTargets", "");
  }

  private AwsReply deregister(Map<String, String> form) {
    AwsTargetGroup group = group(form);
    List<AwsTarget> named = named(form, group);
    named.forEach(target -> targets.deregister(group.arn(), target));
    return reply("DeregisterTargets", "");
  }

  private AwsReply health(Map<String, String> form) {
    AwsTargetGroup group = group(form);
    Map<AwsTarget, AwsTargets.Entry> present = targets.of(group.arn());
    List<AwsTarget> asked = named(form, group);
    List<AwsTarget> shown = asked.isEmpty() ? List.copyOf(present.keySet()) : asked;
    String members =
        shown.stream()
            .map(target -> member(target, present.get(target), group))
            .collect(Collectors.joining());
    return reply(
        "DescribeTargetHealth",
        "<TargetHealthDescriptions>" + members + "</TargetHealthDescriptions>");
  }

  private static String member(
      AwsTarget target,
      AwsTargets.@org.jspecify.annotations.Nullable Entry entry,
      AwsTargetGroup group) {
    AwsHealth health = entry == null ? AwsHealth.NOT_REGISTERED : group.seen(entry.health());
    String zone = entry == null ? "" : entry.zone();
    String port = AwsXml.tag("Port", Integer.toString(target.port()));
    return "<member><Target>"
        + AwsXml.tag("Id", target.id())
        + port
        + (zone.isEmpty() ? "" : AwsXml.tag("AvailabilityZone", zone))
        + "</Target>"
        + AwsXml.tag("HealthCheckPort", Integer.toString(target.port()))
        + "<TargetHealth>"
        + AwsXml.tag("State", health.state().name().toLowerCase(Locale.ROOT))
        + reason(health.reason())
        + "</TargetHealth></member>";
  }

  private static String reason(AwsHealth.Reason reason) {
    return reason == AwsHealth.Reason.NONE
        ? ""
        : AwsXml.tag("Reason", reason.code) + AwsXml.tag("Description", reason.text);
  }

  private AwsTargetGroup group(Map<String, String> form) {
    return AwsTargetGroup.find(moto, form.getOrDefault("TargetGroupArn", ""));
  }

  private static List<AwsTarget> named(Map<String, String> form, AwsTargetGroup group) {
    return indexes(form).stream().map(i -> AwsTarget.of(form, i, group.port())).toList();
  }

  private static List<Integer> indexes(Map<String, String> form) {
    return IntStream.iterate(1, i -> form.containsKey("Targets.member." + i + ".Id"), i -> i + 1)
        .boxed()
        .toList();
  }

  private static AwsReply reply(String action, String result) {
    String body =
        "<%sResponse xmlns=\"%s\"><%sResult>%s</%sResult><ResponseMetadata><RequestId>%s</RequestId></ResponseMetadata></%sResponse>"
            .formatted(action, NAMESPACE, action, result, action, AwsReply.requestId(), action);
    return AwsReply.xml(200, body);
  }
}
