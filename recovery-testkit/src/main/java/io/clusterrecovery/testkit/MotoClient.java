package io.clusterrecovery.testkit;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Talks to moto: hands requests on as they came, and makes the simulator's own. */
final class MotoClient {
  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Set<String> HANDED_ON = Set.of("authorization", "content-type");

  private final URI moto;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  MotoClient(URI moto) {
    this.moto = moto;
  }

  AwsReply forward(AwsRequest request) {
    HttpRequest.Builder onward =
        HttpRequest.newBuilder(moto.resolve(request.uri()))
            .timeout(LIMIT)
            .method(request.method(), HttpRequest.BodyPublishers.ofString(request.body()));
    request
        .headers()
        .forEach(
            (name, value) -> {
              if (HANDED_ON.contains(name.toLowerCase(java.util.Locale.ROOT))) {
                onward.header(name, value);
              }
            });
    HttpResponse<String> answer = send(onward.build());
    String type = answer.headers().firstValue("Content-Type").orElse("text/xml");
    return new AwsReply(answer.statusCode(), type, answer.body());
  }

  /** Calls an action of a query-protocol service. */
  AwsReply query(String service, String action, String version, Map<String, String> fields) {
    String rest =
        fields.entrySet().stream()
            .map(field -> "&" + field.getKey() + "=" + encode(field.getValue()))
            .collect(Collectors.joining());
    String body = "Action=" + action + "&Version=" + version + rest;
    String type = "application/x-www-form-urlencoded; charset=utf-8";
    return forward(AwsRequest.own("POST", "/", service, type, body));
  }

  AwsReply route53(String method, String path, String body) {
    String whole = "/2013-04-01/" + path;
    return forward(AwsRequest.own(method, whole, "route53", "application/xml", body));
  }

  /** The answer, where anything but success means that the set-up itself is broken. */
  static AwsReply succeeded(AwsReply reply) {
    if (!reply.ok()) {
      throw new IllegalStateException("moto answered " + reply.status() + ": " + reply.body());
    }
    return reply;
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException("moto at " + moto + " did not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted while asking moto"));
    }
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
