package io.clusterrecovery.testkit;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** ELBv2 with the strictness of AWS: moto keeps the target groups, this keeps their targets. */
final class AwsElb {
  static final String NAMESPACE = "http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/";

  private final MotoClient moto;
  private final AwsTargets targets;
  private final Set<String> instances;
  private final AwsTokenBucket reading = new AwsTokenBucket(40, 10, System::nanoTime);
  private final AwsTokenBucket registering = new AwsTokenBucket(20, 4, System::nanoTime);

  AwsElb(MotoClient moto, AwsTargets targets, Set<String> instances) {
    this.moto = moto;
    this.targets = targets;
    this.instances = instances;
  }

  AwsReply handle(AwsRequest request) {
    Map<String, String> form = request.form();
    String action = form.getOrDefault("Action", "");
    requireRate(action);
    return switch (action) {
      case "RegisterTargets" -> register(form);
      case "DeregisterTargets" -> deregister(form);
      case "DescribeTargetHealth" -> health(form);
      default -> moto.forward(request);
    };
  }

  // Documented: 40 tokens and 10 a second for what changes nothing. What registers has a smaller
  // bucket of its own.
  private void requireRate(String action) {
    boolean passed =
        switch (action) {
          case "RegisterTargets", "DeregisterTargets" -> registering.pass();
          default -> !action.startsWith("Describe") || reading.pass();
        };
    if (!passed) {
      throw new AwsError(400, "ThrottlingException", "Rate exceeded");
    }
  }

  private AwsReply register(Map<String, String> form) {
    AwsTargetGroup group = group(form);
    Map<AwsTarget, String> wanted = new LinkedHashMap<>();
    for (int i : indexes(form)) {
      AwsTarget target = AwsTarget.of(form, i, group);
      requireKnown(group, target);
      String zone = form.getOrDefault("Targets.member." + i + ".AvailabilityZone", "");
      wanted.put(target, group.zoneFor(target, zone));
    }
    wanted.forEach((target, zone) -> targets.register(group.arn(), target, zone));
    return reply("RegisterTargets", "");
  }

  private void requireKnown(AwsTargetGroup group, AwsTarget target) {
    if (group.type().equals("instance") && !instances.contains(target.id())) {
      throw new AwsError(
          400,
          "InvalidTarget",
          "The specified target does not exist, is not in the same VPC as the target group, or has"
              + " an unsupported instance type: "
              + target.id());
    }
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
    return indexes(form).stream().map(i -> AwsTarget.of(form, i, group)).toList();
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
