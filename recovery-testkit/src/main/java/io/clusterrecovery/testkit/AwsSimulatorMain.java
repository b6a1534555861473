package io.clusterrecovery.testkit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Runs an {@link AwsSimulator} as a process of its own, until it is killed.
 *
 * <pre>
 * --dir DIR --listen IP:PORT --moto-python BIN [--zone NAME] [--ttl SECONDS] [--record NAME=IP]…
 * [--target IP]… [--target-internal IP]… [--target-external IP]… [--port N]
 * [--sync-delay-ms N] [--health-interval-ms N] [--health-threshold N] [--drain-ms N]
 * </pre>
 *
 * <p>Once it answers it writes {@code DIR/aws.json} (endpoint, zone, target groups, process ids)
 * and prints one line.
 */
public final class AwsSimulatorMain {
  private AwsSimulatorMain() {}

  /**
   * Starts the simulator and stays.
   *
   * @throws InterruptedException if it is told to end, after which nothing of it is left
   */
  public static void main(String[] args) throws InterruptedException {
    Path dir = dir(List.of(args));
    AwsSimulatorBuilder builder = AwsSimulator.in(dir);
    Deque<String> left = new ArrayDeque<>(List.of(args));
    while (!left.isEmpty()) {
      set(builder, left.removeFirst(), left.removeFirst());
    }
    try (AwsSimulator simulator = builder.start()) {
      AwsFiles.write(dir.resolve("aws.json"), json(simulator));
      System.out.println("ready " + simulator.uri());
      new CountDownLatch(1).await();
    }
  }

  private static Path dir(List<String> args) {
    int at = args.indexOf("--dir");
    if (at < 0 || args.size() % 2 != 0) {
      throw new IllegalArgumentException("options come in pairs, --dir DIR among them");
    }
    return Path.of(args.get(at + 1));
  }

  private static void set(AwsSimulatorBuilder builder, String option, String value) {
    switch (option) {
      case "--dir" -> {}
      case "--listen" -> builder.listen(address(value));
      case "--moto-python" -> builder.moto(Path.of(value));
      case "--zone" -> builder.zone(value);
      case "--ttl" -> builder.ttl(Duration.ofSeconds(Long.parseLong(value)));
      case "--record" -> builder.record(before(value, '='), after(value, '='));
      case "--target" -> builder.target(value);
      case "--target-internal" -> builder.internalTarget(value);
      case "--target-external" -> builder.externalTarget(value);
      case "--port" -> builder.port(Integer.parseInt(value));
      case "--sync-delay-ms" -> builder.syncDelay(millis(value));
      case "--health-interval-ms" -> builder.healthInterval(millis(value));
      case "--health-threshold" -> builder.healthThreshold(Integer.parseInt(value));
      case "--drain-ms" -> builder.drainDelay(millis(value));
      default -> throw new IllegalArgumentException("unknown option " + option);
    }
  }

  private static Duration millis(String value) {
    return Duration.ofMillis(Long.parseLong(value));
  }

  private static InetSocketAddress address(String value) {
    return new InetSocketAddress(before(value, ':'), Integer.parseInt(after(value, ':')));
  }

  private static String before(String text, char separator) {
    return text.substring(0, text.indexOf(separator));
  }

  private static String after(String text, char separator) {
    return text.substring(text.indexOf(separator) + 1);
  }

  private static String json(AwsSimulator simulator) {
    Map<String, Object> made = new LinkedHashMap<>();
    made.put("endpoint", simulator.uri().toString());
    made.put("region", "us-east-1");
    made.put("zoneId", simulator.zoneId());
    made.put("internalTargetGroup", simulator.internalTargetGroup());
    made.put("externalTargetGroup", simulator.externalTargetGroup());
    made.put("pid", ProcessHandle.current().pid());
    made.put("motoPid", simulator.motoPid());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(made) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
