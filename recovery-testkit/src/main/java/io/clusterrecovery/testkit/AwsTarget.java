package io.clusterrecovery.testkit;

import java.util.Map;
import java.util.Optional;

/** What tells one target of a group from another: its id and its port. */
record AwsTarget(String id, int port) {
  private static final String IPV4 = "(\\d{1,3})(\\.\\d{1,3}){3}";

  static AwsTarget of(Map<String, String> form, int index, AwsTargetGroup group) {
    String prefix = "Targets.member." + index + ".";
    String id = form.getOrDefault(prefix + "Id", "");
    if (group.type().equals("ip") && !id.matches(IPV4)) {
      throw new AwsError(
          400, "ValidationError", "The IP address '" + id + "' is not a valid IPv4 address");
    }
    int port =
        Optional.ofNullable(form.get(prefix + "Port")).map(Integer::parseInt).orElse(group.port());
    return new AwsTarget(id, port);
  }
}
