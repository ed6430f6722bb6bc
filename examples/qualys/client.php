<?php
// A client of the quarantine call, as one would write it in PHP, with the curl extension.
// It does what FAUXDR_INPUT says, and says in one JSON line how it went.
declare(strict_types=1);

final class Refused extends Exception
{
}

final class Client
{
    private ?string $token = null;

    public function __construct(private readonly float $giveUpSeconds)
    {
    }

    private function request(string $method, string $path, array $headers, ?string $body): string
    {
        for ($attempt = 1; ; $attempt++) {
            $given = [];
            $curl = curl_init(getenv('QUALYS_URL') . $path);
            curl_setopt_array($curl, [
                CURLOPT_CUSTOMREQUEST => $method,
                CURLOPT_HTTPHEADER => $headers,
                CURLOPT_RETURNTRANSFER => true,
                CURLOPT_TIMEOUT_MS => (int) (1000 * max(2, min(30, $this->giveUpSeconds))),
                CURLOPT_HEADERFUNCTION => function ($_, string $line) use (&$given): int {
                    [$name, $value] = explode(':', $line, 2) + [1 => ''];
                    $given[strtolower($name)] = trim($value);
                    return strlen($line);
                },
            ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => $body]));
            $text = curl_exec($curl);
            if ($text === false) {
                throw new RuntimeException(curl_error($curl));
            }
            $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
            if ($status >= 200 && $status < 300) {
                return $text;
            }
            // Whoever is busy says for how long: what is refused so was not done, and may be sent again.
            $pause = (int) ($given['retry-after'] ?? $given['x-ratelimit-towait-sec'] ?? 0);
            if ($pause < 1 || $pause > 60 || $attempt === 3) {
                throw new Refused(substr($text, 0, 200), $status);
            }
            sleep($pause);
        }
    }

    private function login(): void
    {
        $this->token = $this->request('POST', '/auth', [], http_build_query([
            'username' => getenv('QUALYS_USERNAME'),
            'password' => getenv('QUALYS_PASSWORD'),
            'token' => 'true',
            'permissions' => 'true',
        ]));
    }

    private function send(string $method, string $path, ?array $value): array
    {
        $headers = ["Authorization: Bearer {$this->token}", 'Content-Type: application/json'];
        $body = $value === null ? null : json_encode($value, JSON_THROW_ON_ERROR);
        return json_decode($this->request($method, $path, $headers, $body), true, 64, JSON_THROW_ON_ERROR);
    }

    public function call(string $method, string $path, ?array $value = null): array
    {
        if ($this->token === null) {
            $this->login();
        }
        try {
            return $this->send($method, $path, $value);
        } catch (Refused $error) {
            if ($error->getCode() !== 401) {
                throw $error;
            }
        }
        $this->login();
        return $this->send($method, $path, $value);
    }
}

function quarantine(Client $client, array $task, string $actions, array $agentIds): string
{
    $who = ['user' => $task['user'] ?? 'Response Bot', 'userId' => $task['userId'] ?? 'response-bot'];
    $reply = $client->call('POST', "$actions/quarantineHost?" . http_build_query($who), [
        'remediationSource' => 'EDR',
        ...$who,
        'comment' => $task['comment'],
        'requestTime' => gmdate('Y-m-d\TH:i:s\Z'),
        'assetActionParameter' => [
            'assetActions' => array_map(fn (string $id): array => [
                'eventId' => $id,
                'action' => $task['action'],
                'agentId' => $id,
                'eventType' => 'AGENT',
                'agentVersion' => getenv('AGENT_VERSION') ?: '7.1.0.35',
            ], $agentIds),
        ],
    ]);
    return $reply['requestId'] ?? throw new RuntimeException('the reply has no requestId');
}

/** success or failed; whatever is neither is not the end. */
function endOf(Client $client, array $task, string $actions, string $requestId, float $deadline): string
{
    while (microtime(true) < $deadline) {
        $status = strtolower((string) ($client->call('GET', "$actions/activityLog/$requestId")['status'] ?? ''));
        if (in_array($status, ['success', 'failed'], true)) {
            return $status;
        }
        usleep((int) (1_000_000 * $task['pollSeconds']));
    }
    throw new RuntimeException("$requestId did not end within {$task['giveUpSeconds']} seconds");
}

function run(array $task): array
{
    $client = new Client($task['giveUpSeconds']);
    $actions = '/ioc' . ($task['version'] === 'v1' ? '/v1' : '') . '/remediation-actions';
    if (!$task['wait']) {
        return ['outcome' => 'accepted', 'actionId' => quarantine($client, $task, $actions, $task['agentIds'])];
    }
    // A requestId tells of one host only: those that are to be followed are asked for one by one.
    $requestIds = array_map(fn (string $id) => quarantine($client, $task, $actions, [$id]), $task['agentIds']);
    $deadline = microtime(true) + $task['giveUpSeconds'];
    $ends = array_map(fn (string $id) => endOf($client, $task, $actions, $id, $deadline), $requestIds);
    $good = count(array_keys($ends, 'success', true));
    $outcome = $good === count($ends) ? 'completed' : ($good > 0 ? 'partial' : 'failed');
    return ['outcome' => $outcome, 'actionId' => $requestIds[0]];
}

try {
    $word = run(json_decode(getenv('FAUXDR_INPUT'), true, 64, JSON_THROW_ON_ERROR));
} catch (Refused $error) {
    $status = $error->getCode();
    $word = [
        'outcome' => $status < 500 ? 'refused' : 'failed',
        'status' => $status,
        'reason' => $error->getMessage(),
    ];
} catch (Exception $error) {
    $word = ['outcome' => 'failed', 'reason' => $error->getMessage()];
}
echo json_encode($word, JSON_INVALID_UTF8_SUBSTITUTE), "\n";
exit(in_array($word['outcome'], ['accepted', 'completed'], true) ? 0 : 1);
