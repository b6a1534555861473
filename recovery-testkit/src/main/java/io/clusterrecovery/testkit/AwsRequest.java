package io.clusterrecovery.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One HTTP request to an AWS service, read whole. */
record AwsRequest(String method, URI uri, Map<String, String> headers, String body) {
  private static final Pattern SCOPE =
      Pattern.compile("Credential=[^/]+/[^/]+/[^/]+/([^/]+)/aws4_request");

  static AwsRequest read(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
      headers.put(header.getKey(), String.join(",", header.getValue()));
    }
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    return new AwsRequest(exchange.getRequestMethod(), exchange.getRequestURI(), headers, body);
  }

  /** A request of the simulator's own to one service of moto. */
  static AwsRequest own(String method, String path, String service, String type, String body) {
    String scope =
        "AWS4-HMAC-SHA256 Credential=simulator/20260101/us-east-1/%s/aws4_request, SignedHeaders=host, Signature=0"
            .formatted(service);
    return new AwsRequest(
        method, URI.create(path), Map.of("Authorization", scope, "Content-Type", type), body);
  }

  /** The service the request was signed for; empty when it isn't signed. */
  String service() {
    Matcher scope = SCOPE.matcher(headers.getOrDefault("Authorization", ""));
    return scope.find() ? scope.group(1) : "";
  }

  /** The fields of a query-protocol request. */
  Map<String, String> form() {
    Map<String, String> fields = new LinkedHashMap<>();
    for (String pair : body.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
