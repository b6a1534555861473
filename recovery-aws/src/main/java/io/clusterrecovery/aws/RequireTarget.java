package io.clusterrecovery.aws;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Checks of the settings of a {@link LoadBalancerUpdater}. */
final class RequireTarget {
  private static final int HIGHEST_PORT = 65535;
  private static final int MOST = 100;
  private static final String ARN = "arn:[a-z-]+:elasticloadbalancing:[^:\\s]*:[0-9]*:";
  private static final Pattern GROUP = Pattern.compile(ARN + "targetgroup/\\S+");
  private static final Pattern BALANCER = Pattern.compile(ARN + "loadbalancer/\\S+");
  private static final Pattern NAME =
      Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,30}[a-zA-Z0-9])?");
  private static final Pattern INSTANCE = Pattern.compile("i-[0-9a-f]{8,17}");

  private RequireTarget() {}

  static String groupArn(String arn) {
    if (!GROUP.matcher(requireNonNull(arn, "arn")).matches()) {
      throw new IllegalArgumentException("'" + arn + "' is no ARN of a target group");
    }
    return arn;
  }

  static String name(String name) {
    if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
      throw new IllegalArgumentException("'" + name + "' is no name of a target group");
    }
    return name;
  }

  static String balancer(String balancer) {
    requireNonNull(balancer, "balancer");
    if (!BALANCER.matcher(balancer).matches() && !NAME.matcher(balancer).matches()) {
      throw new IllegalArgumentException(
          "'" + balancer + "' is neither name nor ARN of a load balancer");
    }
    return balancer;
  }

  static int port(int port) {
    if (port < 1 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException("a port is 1 to 65535, was " + port);
    }
    return port;
  }

  static List<String> addresses(String setter, String... ips) {
    List<String> given = each(setter, ips);
    given.forEach(Require::ipv4);
    return given;
  }

  static List<String> instances(String setter, String... ids) {
    List<String> given = each(setter, ids);
    for (String id : given) {
      if (!isInstance(id)) {
        throw new IllegalArgumentException("'" + id + "' is no instance id");
      }
    }
    return given;
  }

  static List<String> ids(String setter, String... ids) {
    List<String> given = each(setter, ids);
    given.stream().filter(id -> !isInstance(id)).forEach(Require::ipv4);
    return given;
  }

  static void complete(BalancerSettings settings) {
    List<List<String>> wanted =
        Stream.of(settings.ips(), settings.instances()).filter(some -> !some.isEmpty()).toList();
    if (wanted.isEmpty()) {
      throw new IllegalStateException(
          "no target was given: name them with targets(…) or instances(…)");
    }
    groups(settings);
    for (List<String> some : wanted) {
      if (settings.leaving().stream().anyMatch(some::contains)) {
        throw new IllegalStateException(
            "%s shall stay, and leaving(…) names one of them: %s"
                .formatted(some, settings.leaving()));
      }
      if (some.size() < settings.floor()) {
        throw new IllegalStateException(
            "floor is %d, and fewer are wanted: %s".formatted(settings.floor(), some));
      }
    }
  }

  static void groups(BalancerSettings settings) {
    if (settings.groups().isEmpty()) {
      throw new IllegalStateException(
          "no target group was given: name one with targetGroup(…), targetGroupNamed(…) or"
              + " loadBalancer(…)");
    }
  }

  private static boolean isInstance(String id) {
    return INSTANCE.matcher(id).matches();
  }

  private static List<String> each(String setter, String... values) {
    List<String> given = List.of(values);
    if (given.isEmpty()
        || given.size() > MOST
        || given.stream().distinct().count() != given.size()) {
      throw new IllegalArgumentException(
          "%s takes 1 to %d, each once: %s".formatted(setter, MOST, given));
    }
    return given;
  }
}
