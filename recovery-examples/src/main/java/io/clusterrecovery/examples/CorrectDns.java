package io.clusterrecovery.examples;

import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.aws.DnsUpdater;
import io.clusterrecovery.aws.DnsUpdaterBuilder;
import java.io.IOException;
import java.time.Duration;

/**
 * Lets records of a Route 53 zone lead to new masters: all of them or none, and only while each is
 * what the plan has shown.
 *
 * <p>Settings: {@code new} with an address and a record each, {@code zone}, {@code dns.patience};
 * see {@link ExampleSettings}.
 */
public final class CorrectDns {
  private CorrectDns() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    try (AwsClients aws = settings.aws()) {
      DnsUpdaterBuilder dns =
          DnsUpdater.on(aws.route53())
              .zone(settings.text("zone"))
              .oldTtlLimit(Duration.parse(settings.text("dns.patience")));
      for (String master : settings.texts("new")) {
        dns.record(settings.text("record." + master), settings.address(master));
      }
      System.out.println(dns.build().update());
    }
  }
}
