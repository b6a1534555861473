package io.clusterrecovery.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/** The front of the simulator: faults first, then the service a request was signed for. */
final class AwsProxy implements HttpHandler {
  private static final Set<String> READING = Set.of("Describe", "List", "Get");

  private final MotoClient moto;
  private final AwsRoute53 route53;
  private final AwsElb elb;
  private final AwsFaults faults;
  private final List<AwsCall> calls = new CopyOnWriteArrayList<>();

  AwsProxy(MotoClient moto, AwsRoute53 route53, AwsElb elb, AwsFaults faults) {
    this.moto = moto;
    this.route53 = route53;
    this.elb = elb;
    this.faults = faults;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    AwsRequest request = AwsRequest.read(exchange);
    if (faults.silent()) {
      return;
    }
    if (faults.loseRequest()) {
      cut(exchange, request);
      return;
    }
    AwsReply reply = answer(request);
    if (changes(request) && faults.loseAnswer()) {
      cut(exchange, request);
      return;
    }
    calls.add(AwsCall.of(request, changes(request), reply.status(), reply.error()));
    send(exchange, reply);
  }

  List<AwsCall> calls() {
    return List.copyOf(calls);
  }

  private void cut(HttpExchange exchange, AwsRequest request) {
    calls.add(AwsCall.of(request, changes(request), 0, ""));
    exchange.close();
  }

  private AwsReply answer(AwsRequest request) {
    boolean dns = request.service().equals("route53");
    try {
      if (request.service().isEmpty()) {
        throw new AwsError(403, "MissingAuthenticationToken", "Missing Authentication Token");
      }
      if (faults.credentialsExpired()) {
        throw new AwsError(
            403, "ExpiredToken", "The security token included in the request is expired");
      }
      if (faults.throttle()) {
        throw AwsError.throttled();
      }
      return dns ? route53.handle(request) : other(request);
    } catch (AwsError e) {
      return e.reply(dns ? AwsRoute53.NAMESPACE : AwsElb.NAMESPACE);
    } catch (RuntimeException e) {
      return new AwsError(500, "InternalFailure", e.toString()).reply(AwsElb.NAMESPACE);
    }
  }

  private AwsReply other(AwsRequest request) {
    boolean balancer = request.service().equals("elasticloadbalancing");
    return balancer ? elb.handle(request) : moto.forward(request);
  }

  private static boolean changes(AwsRequest request) {
    String action = request.form().getOrDefault("Action", "");
    return request.method().equals("POST") && READING.stream().noneMatch(action::startsWith);
  }

  private static void send(HttpExchange exchange, AwsReply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", reply.contentType());
    exchange.getResponseHeaders().set("x-amzn-RequestId", AwsReply.requestId());
    byte[] body = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
