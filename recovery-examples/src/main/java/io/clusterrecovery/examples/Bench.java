package io.clusterrecovery.examples;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Measures the SDK side by side with what people use otherwise; see {@code bin/bench --help}. */
public final class Bench {
  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "csr", new CsrBench(),
              "expand", new ExpandBench(),
              "inspect", new InspectBench(),
              "many", new ManyBench(),
              "recover", new RecoverBench(),
              "restore", new RestoreBench(),
              "startup", new StartupBench(),
              "upload", new UploadBench()));

  private Bench() {}

  /** Runs the command. */
  public static void main(String[] arguments) {
    LibraryLogs.onlyWarnings();
    System.exit(run(List.of(arguments), ALL, System.out).status());
  }

  /** Runs the command with these benchmarks, printing to the given stream. */
  static Exit run(List<String> arguments, Map<String, Benchmark> known, PrintStream out) {
    BenchOptions options;
    Benchmark benchmark;
    try {
      options = BenchOptions.parse(arguments);
      benchmark = named(options.figure(), known);
    } catch (IllegalArgumentException e) {
      out.println("bench: " + e.getMessage() + "; bin/bench --help has the options");
      return Exit.USAGE;
    }
    try {
      List<Measurement> results = benchmark.run(options, line -> out.println("bench: " + line));
      out.println();
      out.println(new BenchTable(results));
      write(results, options.json());
      return results.stream().allMatch(Measurement::holds) ? Exit.HELD : Exit.CHECK_FAILED;
    } catch (PartMissingException e) {
      out.println("bench: " + e.getMessage());
      return Exit.PART_MISSING;
    } catch (Exception e) {
      out.println("bench: " + e);
      e.printStackTrace(out);
      return Exit.FAILED;
    }
  }

  private static Benchmark named(String figure, Map<String, Benchmark> known) {
    Benchmark benchmark = known.get(figure);
    if (benchmark == null) {
      throw new IllegalArgumentException(
          "there is no figure " + figure + ", only " + String.join(", ", known.keySet()));
    }
    return benchmark;
  }

  private static void write(List<Measurement> results, @org.jspecify.annotations.Nullable Path json)
      throws IOException {
    if (json != null) {
      Files.writeString(
          json, new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(results));
    }
  }
}
