package io.clusterrecovery.aws;

import java.util.List;

/** What a user's program does with clients of its environment; a process of its own. */
final class AwsClientsMain {
  private AwsClientsMain() {}

  /**
   * Lists what it sees: the zones, then the target groups. Argument: a profile, or none.
   *
   * <p>Prints one line of each.
   */
  public static void main(String[] args) {
    AwsClients.Builder builder = AwsClients.fromEnvironment();
    List.of(args).forEach(builder::profile);
    try (AwsClients aws = builder.build()) {
      System.out.println(aws);
      System.out.println(aws.route53().listHostedZones().hostedZones().size() + " zones");
      System.out.println(
          aws.loadBalancing().describeTargetGroups(r -> {}).targetGroups().size() + " groups");
    }
  }
}
