package io.clusterrecovery.examples;

import io.clusterrecovery.aws.AwsClients;
import io.clusterrecovery.aws.LoadBalancerUpdater;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Brings new masters into a target group of AWS, waits until they are healthy, and only then takes
 * out the lost ones.
 *
 * <p>Settings: {@code survivor}, {@code new} and {@code lost} with an address each, {@code
 * target.group}; see {@link ExampleSettings}.
 */
public final class CorrectLoadBalancer {
  private CorrectLoadBalancer() {}

  /** Takes the settings' file. */
  public static void main(String[] arguments) throws IOException {
    ExampleSettings settings = ExampleSettings.read(arguments);
    List<String> serving =
        Stream.concat(Stream.of(settings.text("survivor")), Stream.of(settings.texts("new")))
            .map(settings::address)
            .toList();
    List<String> leaving = Stream.of(settings.texts("lost")).map(settings::address).toList();
    try (AwsClients aws = settings.aws()) {
      System.out.println(
          LoadBalancerUpdater.on(aws.loadBalancing())
              .targetGroup(settings.text("target.group"))
              .targets(serving.toArray(String[]::new))
              .leaving(leaving.toArray(String[]::new))
              .build()
              .update());
    }
  }
}
