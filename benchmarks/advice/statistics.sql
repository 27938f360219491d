--
-- PostgreSQL database dump
--

\restrict jX19sbO6adSu0MSp0p5lmAYePo6ce60dXzXpNbUsFiEJSVuDUd1I9HwdxHTsqeA

-- Dumped from database version 18.4
-- Dumped by pg_dump version 18.4

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Statistics for Name: addresses; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'relpages', '825'::integer,
	'reltuples', '80000'::real,
	'relallvisible', '825'::integer,
	'relallfrozen', '825'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'city',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '900'::real,
	'most_common_vals', '{"City 883","City 227","City 245","City 675","City 804","City 113","City 518","City 33","City 704","City 167","City 213","City 276","City 665","City 703","City 743","City 828","City 11","City 187","City 220","City 425","City 502","City 509","City 630","City 705","City 823","City 181","City 186","City 238","City 301","City 320","City 323","City 424","City 580","City 603","City 677","City 721","City 787","City 207","City 235","City 258","City 279","City 326","City 328","City 370","City 452","City 514","City 524","City 573","City 589","City 591","City 722","City 737"}'::text,
	'most_common_freqs', '{0.0017666667,0.0017,0.0016666667,0.0016666667,0.0016666667,0.0016333334,0.0016333334,0.0016,0.0016,0.0015666666,0.0015666666,0.0015666666,0.0015666666,0.0015666666,0.0015666666,0.0015666666,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667}'::real[],
	'histogram_bounds', '{"City 0","City 105","City 115","City 122","City 130","City 138","City 145","City 153","City 160","City 169","City 176","City 185","City 194","City 201","City 210","City 219","City 228","City 236","City 247","City 255","City 262","City 270","City 280","City 288","City 295","City 303","City 310","City 318","City 330","City 339","City 346","City 353","City 360","City 369","City 378","City 386","City 394","City 400","City 409","City 416","City 423","City 433","City 440","City 448","City 456","City 464","City 472","City 479","City 486","City 494","City 500","City 508","City 519","City 527","City 534","City 542","City 55","City 558","City 566","City 574","City 583","City 593","City 6","City 608","City 616","City 624","City 633","City 640","City 649","City 657","City 664","City 672","City 682","City 690","City 698","City 708","City 716","City 725","City 732","City 741","City 75","City 758","City 766","City 773","City 781","City 79","City 797","City 805","City 812","City 820","City 830","City 839","City 847","City 855","City 862","City 870","City 878","City 886","City 893","City 91","City 99"}'::text,
	'correlation', '0.008526134'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'country',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '3'::integer,
	'n_distinct', '4'::real,
	'most_common_vals', '{DE,GB,US,FR}'::text,
	'most_common_freqs', '{0.2528,0.2512,0.24903333,0.24696666}'::real[],
	'correlation', '0.25420657'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'customer_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.59055'::real,
	'histogram_bounds', '{1,434,835,1227,1604,1990,2413,2795,3204,3622,4025,4417,4800,5211,5603,5982,6398,6800,7196,7605,7995,8411,8793,9202,9585,9991,10395,10842,11238,11637,12051,12464,12871,13262,13665,14036,14429,14837,15225,15625,16037,16445,16819,17258,17654,18054,18460,18918,19331,19720,20087,20461,20826,21205,21634,22056,22457,22864,23258,23622,24037,24450,24849,25227,25635,26032,26450,26880,27295,27721,28096,28505,28892,29291,29685,30107,30850,31608,32388,33198,33985,34782,35572,36309,37149,37955,38802,39610,40430,41296,42104,42914,43680,44457,45220,46024,46884,47694,48450,49207,49997}'::text,
	'correlation', '0.22512339'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{11,829,1564,2403,3178,4037,4800,5614,6417,7196,8023,8808,9609,10436,11257,12050,12912,13740,14484,15241,16052,16808,17620,18428,19324,20080,20775,21560,22387,23210,23980,24797,25571,26329,27239,28029,28824,29582,30329,31093,31862,32684,33468,34234,35038,35804,36562,37437,38213,39072,39854,40721,41589,42329,43144,43891,44688,45491,46297,47169,47951,48678,49473,50252,51078,51877,52662,53469,54240,55051,55826,56625,57451,58227,59060,59814,60639,61455,62302,63061,63856,64627,65457,66295,67090,67896,68752,69585,70327,71134,71993,72769,73509,74347,75136,75953,76788,77626,78411,79239,79999}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'kind',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{shipping,billing}'::text,
	'most_common_freqs', '{0.67233336,0.32766667}'::real[],
	'correlation', '0.556979'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'line',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '12'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"Street 1000","Street 10754","Street 11442","Street 12162","Street 1294","Street 13662","Street 14335","Street 15044","Street 15691","Street 1640","Street 17126","Street 17803","Street 18558","Street 19372","Street 20026","Street 2069","Street 21378","Street 22127","Street 22905","Street 23599","Street 24343","Street 25003","Street 2573","Street 26438","Street 27249","Street 27983","Street 28685","Street 29370","Street 30066","Street 3074","Street 31424","Street 32119","Street 32840","Street 33576","Street 34270","Street 34999","Street 35698","Street 36405","Street 37136","Street 37872","Street 38593","Street 39384","Street 4011","Street 40870","Street 41673","Street 42358","Street 43091","Street 43787","Street 44479","Street 4514","Street 45883","Street 46617","Street 47355","Street 48043","Street 48708","Street 49441","Street 50169","Street 50912","Street 51630","Street 52302","Street 53023","Street 53709","Street 54447","Street 55195","Street 55883","Street 56603","Street 57349","Street 58026","Street 58773","Street 59497","Street 60180","Street 60966","Street 6169","Street 62427","Street 63112","Street 6384","Street 64529","Street 65270","Street 66021","Street 66744","Street 67490","Street 682","Street 69019","Street 69729","Street 70398","Street 7111","Street 71870","Street 7257","Street 73279","Street 740","Street 74737","Street 75462","Street 76200","Street 76930","Street 77687","Street 784","Street 79130","Street 79838","Street 8521","Street 9261","Street 9998"}'::text,
	'correlation', '0.6879123'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses',
	'attname', 'zip',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '6'::integer,
	'n_distinct', '-0.599325'::real,
	'most_common_vals', '{99128}'::text,
	'most_common_freqs', '{0.00016666666}'::real[],
	'histogram_bounds', '{00001,01013,02065,02980,04005,04969,06045,06983,07989,09069,09996,10985,11961,12988,14017,15101,16131,17101,18031,18988,19982,20921,21959,23044,24019,25044,26027,27030,28139,29159,30097,31034,32101,33121,34199,35235,36197,37265,38199,39156,40195,41271,42303,43258,44169,45214,46157,47104,48072,49128,50049,50955,51891,52933,53964,55022,55954,57066,58041,58982,59969,61003,61990,63062,64094,65052,65988,67052,68001,69047,70029,71027,72023,72983,74021,75071,75990,77165,78145,79240,80192,81196,82089,83147,84168,85132,86144,87104,88130,89096,90079,90972,91931,92942,93954,94924,95940,96987,98046,98995,99998}'::text,
	'correlation', '0.0072251935'::real
);


--
-- Statistics for Name: categories; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories',
	'relpages', '4'::integer,
	'reltuples', '400'::real,
	'relallvisible', '4'::integer,
	'relallfrozen', '4'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,4,8,12,16,20,24,28,32,36,40,44,48,52,56,60,64,68,72,76,80,84,88,92,96,100,104,108,112,116,120,124,128,132,136,140,144,148,152,156,160,164,168,172,176,180,184,188,192,196,200,204,208,212,216,220,224,228,232,236,240,244,248,252,256,260,264,268,272,276,280,284,288,292,296,300,304,308,312,316,320,324,328,332,336,340,344,348,352,356,360,364,368,372,376,380,384,388,392,396,400}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories',
	'attname', 'name',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '12'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"Category 1","Category 101","Category 105","Category 109","Category 112","Category 116","Category 12","Category 123","Category 127","Category 130","Category 134","Category 138","Category 141","Category 145","Category 149","Category 152","Category 156","Category 16","Category 163","Category 167","Category 170","Category 174","Category 178","Category 181","Category 185","Category 189","Category 192","Category 196","Category 2","Category 202","Category 206","Category 21","Category 213","Category 217","Category 220","Category 224","Category 228","Category 231","Category 235","Category 239","Category 242","Category 246","Category 25","Category 253","Category 257","Category 260","Category 264","Category 268","Category 271","Category 275","Category 279","Category 282","Category 286","Category 29","Category 293","Category 297","Category 30","Category 303","Category 307","Category 310","Category 314","Category 318","Category 321","Category 325","Category 329","Category 332","Category 336","Category 34","Category 343","Category 347","Category 350","Category 354","Category 358","Category 361","Category 365","Category 369","Category 372","Category 376","Category 38","Category 383","Category 387","Category 390","Category 394","Category 398","Category 400","Category 44","Category 48","Category 51","Category 55","Category 59","Category 62","Category 66","Category 7","Category 73","Category 77","Category 80","Category 84","Category 88","Category 91","Category 95","Category 99"}'::text,
	'correlation', '0.15706411'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories',
	'attname', 'parent_id',
	'inherited', 'f'::boolean,
	'null_frac', '0.05'::real,
	'avg_width', '4'::integer,
	'n_distinct', '20'::real,
	'most_common_vals', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20}'::text,
	'most_common_freqs', '{0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475,0.0475}'::real[],
	'correlation', '0.0873621'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories',
	'attname', 'slug',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '12'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{category-1,category-101,category-105,category-109,category-112,category-116,category-12,category-123,category-127,category-130,category-134,category-138,category-141,category-145,category-149,category-152,category-156,category-16,category-163,category-167,category-170,category-174,category-178,category-181,category-185,category-189,category-192,category-196,category-2,category-202,category-206,category-21,category-213,category-217,category-220,category-224,category-228,category-231,category-235,category-239,category-242,category-246,category-25,category-253,category-257,category-260,category-264,category-268,category-271,category-275,category-279,category-282,category-286,category-29,category-293,category-297,category-30,category-303,category-307,category-310,category-314,category-318,category-321,category-325,category-329,category-332,category-336,category-34,category-343,category-347,category-350,category-354,category-358,category-361,category-365,category-369,category-372,category-376,category-38,category-383,category-387,category-390,category-394,category-398,category-400,category-44,category-48,category-51,category-55,category-59,category-62,category-66,category-7,category-73,category-77,category-80,category-84,category-88,category-91,category-95,category-99}'::text,
	'correlation', '0.15706411'::real
);


--
-- Statistics for Name: coupons; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'relpages', '37'::integer,
	'reltuples', '5000'::real,
	'relallvisible', '37'::integer,
	'relallfrozen', '37'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'active',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '1'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{f,t}'::text,
	'most_common_freqs', '{0.95,0.05}'::real[],
	'correlation', '0.90556926'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'code',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '9'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{CODE10005,CODE10880,CODE11776,CODE12689,CODE13602,CODE14515,CODE15409,CODE16303,CODE17142,CODE18091,CODE18968,CODE19862,CODE20794,CODE21707,CODE22601,CODE23514,CODE24408,CODE25321,CODE26215,CODE27128,CODE27986,CODE28899,CODE298,CODE30687,CODE31600,CODE32494,CODE33390,CODE34303,CODE3521,CODE36091,CODE37004,CODE37879,CODE38775,CODE39669,CODE40563,CODE41495,CODE42408,CODE43302,CODE44196,CODE45109,CODE4601,CODE46916,CODE47812,CODE48687,CODE49600,CODE50494,CODE51407,CODE52320,CODE53233,CODE54127,CODE55004,CODE55898,CODE56811,CODE57705,CODE58599,CODE59476,CODE60370,CODE61302,CODE62215,CODE63147,CODE64022,CODE64916,CODE65829,CODE66723,CODE67600,CODE68513,CODE69388,CODE70301,CODE71195,CODE72108,CODE73021,CODE73934,CODE74792,CODE75686,CODE76599,CODE7750,CODE78387,CODE79283,CODE80158,CODE81071,CODE81984,CODE82897,CODE83791,CODE84704,CODE856,CODE86494,CODE87388,CODE88282,CODE89195,CODE90070,CODE90983,CODE91879,CODE92809,CODE93686,CODE94599,CODE95474,CODE96368,CODE97281,CODE9819,CODE99052,CODE99984}'::text,
	'correlation', '-0.00015660298'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,50,100,150,200,250,300,350,400,450,500,550,600,650,700,750,800,850,900,950,1000,1050,1100,1150,1200,1250,1300,1350,1400,1450,1500,1550,1600,1650,1700,1750,1800,1850,1900,1950,2000,2050,2100,2150,2200,2250,2300,2350,2400,2450,2500,2550,2600,2650,2700,2750,2800,2850,2900,2950,3000,3050,3100,3150,3200,3250,3300,3350,3400,3450,3500,3550,3600,3650,3700,3750,3800,3850,3900,3950,4000,4050,4100,4150,4200,4250,4300,4350,4400,4450,4500,4550,4600,4650,4700,4750,4800,4850,4900,4950,5000}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'percent',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '5'::real,
	'most_common_vals', '{0,10,20,30,40}'::text,
	'most_common_freqs', '{0.2,0.2,0.2,0.2,0.2}'::real[],
	'correlation', '0.19999981'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'valid_from',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.14'::real,
	'most_common_vals', '{2024-01-02,2024-01-03,2024-01-04,2024-01-05,2024-01-06,2024-01-07,2024-01-08,2024-01-09,2024-01-10,2024-01-11,2024-01-12,2024-01-13,2024-01-14,2024-01-15,2024-01-16,2024-01-17,2024-01-18,2024-01-19,2024-01-20,2024-01-21,2024-01-22,2024-01-23,2024-01-24,2024-01-25,2024-01-26,2024-01-27,2024-01-28,2024-01-29,2024-01-30,2024-01-31,2024-02-01,2024-02-02,2024-02-03,2024-02-04,2024-02-05,2024-02-06,2024-02-07,2024-02-08,2024-02-09,2024-02-10,2024-02-11,2024-02-12,2024-02-13,2024-02-14,2024-02-15,2024-02-16,2024-02-17,2024-02-18,2024-02-19,2024-02-20,2024-02-21,2024-02-22,2024-02-23,2024-02-24,2024-02-25,2024-02-26,2024-02-27,2024-02-28,2024-02-29,2024-03-01,2024-03-02,2024-03-03,2024-03-04,2024-03-05,2024-03-06,2024-03-07,2024-03-08,2024-03-09,2024-03-10,2024-03-11,2024-03-12,2024-03-13,2024-03-14,2024-03-15,2024-03-16,2024-03-17,2024-03-18,2024-03-19,2024-03-20,2024-03-21,2024-03-22,2024-03-23,2024-03-24,2024-03-25,2024-03-26,2024-03-27,2024-03-28,2024-03-29,2024-03-30,2024-03-31,2024-04-01,2024-04-02,2024-04-03,2024-04-04,2024-04-05,2024-04-06,2024-04-07,2024-04-08,2024-04-09,2024-04-10}'::text,
	'most_common_freqs', '{0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016}'::real[],
	'histogram_bounds', '{2024-01-01,2024-04-15,2024-04-21,2024-04-27,2024-05-03,2024-05-09,2024-05-15,2024-05-21,2024-05-27,2024-06-02,2024-06-08,2024-06-14,2024-06-20,2024-06-26,2024-07-02,2024-07-08,2024-07-14,2024-07-20,2024-07-26,2024-08-01,2024-08-07,2024-08-13,2024-08-19,2024-08-25,2024-08-31,2024-09-06,2024-09-12,2024-09-18,2024-09-24,2024-09-30,2024-10-06,2024-10-12,2024-10-18,2024-10-24,2024-10-30,2024-11-05,2024-11-11,2024-11-17,2024-11-23,2024-11-29,2024-12-05,2024-12-11,2024-12-17,2024-12-23,2024-12-29,2025-01-04,2025-01-10,2025-01-16,2025-01-22,2025-01-28,2025-02-03,2025-02-09,2025-02-15,2025-02-21,2025-02-27,2025-03-05,2025-03-11,2025-03-17,2025-03-23,2025-03-29,2025-04-04,2025-04-10,2025-04-16,2025-04-22,2025-04-28,2025-05-04,2025-05-10,2025-05-16,2025-05-22,2025-05-28,2025-06-03,2025-06-09,2025-06-15,2025-06-21,2025-06-27,2025-07-03,2025-07-09,2025-07-15,2025-07-21,2025-07-27,2025-08-02,2025-08-08,2025-08-14,2025-08-20,2025-08-26,2025-09-01,2025-09-07,2025-09-13,2025-09-19,2025-09-25,2025-10-01,2025-10-07,2025-10-13,2025-10-19,2025-10-25,2025-10-31,2025-11-06,2025-11-12,2025-11-18,2025-11-24,2025-11-30}'::text,
	'correlation', '0.0855886'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons',
	'attname', 'valid_to',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.14'::real,
	'most_common_vals', '{2024-02-02,2024-02-03,2024-02-04,2024-02-05,2024-02-06,2024-02-07,2024-02-08,2024-02-09,2024-02-10,2024-02-11,2024-02-12,2024-02-13,2024-02-14,2024-02-15,2024-02-16,2024-02-17,2024-02-18,2024-02-19,2024-02-20,2024-02-21,2024-02-22,2024-02-23,2024-02-24,2024-02-25,2024-02-26,2024-02-27,2024-02-28,2024-02-29,2024-03-01,2024-03-02,2024-03-03,2024-03-04,2024-03-05,2024-03-06,2024-03-07,2024-03-08,2024-03-09,2024-03-10,2024-03-11,2024-03-12,2024-03-13,2024-03-14,2024-03-15,2024-03-16,2024-03-17,2024-03-18,2024-03-19,2024-03-20,2024-03-21,2024-03-22,2024-03-23,2024-03-24,2024-03-25,2024-03-26,2024-03-27,2024-03-28,2024-03-29,2024-03-30,2024-03-31,2024-04-01,2024-04-02,2024-04-03,2024-04-04,2024-04-05,2024-04-06,2024-04-07,2024-04-08,2024-04-09,2024-04-10,2024-04-11,2024-04-12,2024-04-13,2024-04-14,2024-04-15,2024-04-16,2024-04-17,2024-04-18,2024-04-19,2024-04-20,2024-04-21,2024-04-22,2024-04-23,2024-04-24,2024-04-25,2024-04-26,2024-04-27,2024-04-28,2024-04-29,2024-04-30,2024-05-01,2024-05-02,2024-05-03,2024-05-04,2024-05-05,2024-05-06,2024-05-07,2024-05-08,2024-05-09,2024-05-10,2024-05-11}'::text,
	'most_common_freqs', '{0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016,0.0016}'::real[],
	'histogram_bounds', '{2024-02-01,2024-05-16,2024-05-22,2024-05-28,2024-06-03,2024-06-09,2024-06-15,2024-06-21,2024-06-27,2024-07-03,2024-07-09,2024-07-15,2024-07-21,2024-07-27,2024-08-02,2024-08-08,2024-08-14,2024-08-20,2024-08-26,2024-09-01,2024-09-07,2024-09-13,2024-09-19,2024-09-25,2024-10-01,2024-10-07,2024-10-13,2024-10-19,2024-10-25,2024-10-31,2024-11-06,2024-11-12,2024-11-18,2024-11-24,2024-11-30,2024-12-06,2024-12-12,2024-12-18,2024-12-24,2024-12-30,2025-01-05,2025-01-11,2025-01-17,2025-01-23,2025-01-29,2025-02-04,2025-02-10,2025-02-16,2025-02-22,2025-02-28,2025-03-06,2025-03-12,2025-03-18,2025-03-24,2025-03-30,2025-04-05,2025-04-11,2025-04-17,2025-04-23,2025-04-29,2025-05-05,2025-05-11,2025-05-17,2025-05-23,2025-05-29,2025-06-04,2025-06-10,2025-06-16,2025-06-22,2025-06-28,2025-07-04,2025-07-10,2025-07-16,2025-07-22,2025-07-28,2025-08-03,2025-08-09,2025-08-15,2025-08-21,2025-08-27,2025-09-02,2025-09-08,2025-09-14,2025-09-20,2025-09-26,2025-10-02,2025-10-08,2025-10-14,2025-10-20,2025-10-26,2025-11-01,2025-11-07,2025-11-13,2025-11-19,2025-11-25,2025-12-01,2025-12-07,2025-12-13,2025-12-19,2025-12-25,2025-12-31}'::text,
	'correlation', '0.0855886'::real
);


--
-- Statistics for Name: customers; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'relpages', '749'::integer,
	'reltuples', '50000'::real,
	'relallvisible', '749'::integer,
	'relallfrozen', '749'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'city',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '900'::real,
	'most_common_vals', '{"City 94","City 766","City 208","City 294","City 763","City 174","City 216","City 658","City 680","City 88","City 7","City 820","City 847","City 192","City 235","City 268","City 321","City 330","City 335","City 602","City 605","City 141","City 245","City 296","City 311","City 468","City 510","City 626","City 669","City 786","City 809","City 821","City 106","City 111","City 367","City 621","City 657","City 676","City 843","City 133","City 18","City 373","City 402","City 419","City 569","City 572","City 6","City 603","City 641","City 767","City 85","City 102","City 113","City 123","City 129","City 131","City 172","City 200","City 211","City 255","City 309","City 381","City 428","City 438","City 442","City 479","City 633","City 67","City 743","City 753","City 787","City 828","City 865","City 91","City 10","City 247","City 257","City 274","City 276","City 287","City 326","City 342","City 369","City 392","City 415","City 446","City 505","City 546","City 549","City 579","City 607","City 613","City 638","City 711","City 730","City 733","City 78","City 804","City 806","City 81"}'::text,
	'most_common_freqs', '{0.0017,0.0016666667,0.0016333334,0.0016333334,0.0016333334,0.0016,0.0016,0.0016,0.0016,0.0016,0.0015666666,0.0015666666,0.0015666666,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015333333,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0015,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014666667,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014333334,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0014,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666,0.0013666666}'::real[],
	'histogram_bounds', '{"City 0","City 108","City 117","City 125","City 135","City 142","City 15","City 158","City 164","City 170","City 181","City 189","City 197","City 204","City 214","City 222","City 229","City 237","City 244","City 253","City 262","City 27","City 28","City 288","City 297","City 304","City 313","City 320","City 33","City 339","City 346","City 353","City 361","City 370","City 379","City 387","City 394","City 400","City 409","City 416","City 424","City 432","City 440","City 45","City 457","City 463","City 470","City 48","City 486","City 492","City 50","City 508","City 515","City 522","City 529","City 537","City 543","City 552","City 560","City 567","City 577","City 585","City 592","City 60","City 610","City 618","City 625","City 635","City 645","City 652","City 661","City 668","City 679","City 688","City 695","City 703","City 71","City 717","City 725","City 734","City 742","City 750","City 759","City 769","City 776","City 784","City 793","City 800","City 811","City 819","City 829","City 836","City 844","City 853","City 860","City 869","City 876","City 884","City 892","City 9","City 99"}'::text,
	'correlation', '0.0034784607'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'country',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '3'::integer,
	'n_distinct', '8'::real,
	'most_common_vals', '{FR,US,GB,IT,ES,NL,PL,DE}'::text,
	'most_common_freqs', '{0.3562,0.13976666,0.114133336,0.09116667,0.08406667,0.076066665,0.07236667,0.06623334}'::real[],
	'correlation', '0.18713021'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'created_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2021-01-01 00:30:00","2021-01-10 21:30:00","2021-01-20 23:30:00","2021-01-31 21:30:00","2021-02-11 13:30:00","2021-02-21 23:00:00","2021-03-04 19:00:00","2021-03-15 04:30:00","2021-03-25 18:30:00","2021-04-05 12:00:00","2021-04-15 21:00:00","2021-04-26 17:30:00","2021-05-07 06:30:00","2021-05-17 07:00:00","2021-05-28 09:30:00","2021-06-08 00:00:00","2021-06-19 01:30:00","2021-06-29 22:00:00","2021-07-10 02:00:00","2021-07-20 11:30:00","2021-07-30 15:30:00","2021-08-09 15:30:00","2021-08-19 19:00:00","2021-08-29 23:00:00","2021-09-09 07:30:00","2021-09-19 07:00:00","2021-09-29 23:00:00","2021-10-09 06:00:00","2021-10-20 00:00:00","2021-10-30 04:00:00","2021-11-09 15:30:00","2021-11-19 19:00:00","2021-11-30 01:30:00","2021-12-10 08:00:00","2021-12-20 21:30:00","2021-12-30 13:00:00","2022-01-09 18:30:00","2022-01-19 18:30:00","2022-01-30 12:00:00","2022-02-09 20:30:00","2022-02-19 22:30:00","2022-03-02 09:30:00","2022-03-13 03:00:00","2022-03-23 05:30:00","2022-04-02 14:00:00","2022-04-13 03:00:00","2022-04-24 01:30:00","2022-05-04 18:30:00","2022-05-15 16:30:00","2022-05-26 02:00:00","2022-06-05 18:00:00","2022-06-15 15:00:00","2022-06-26 01:30:00","2022-07-06 14:30:00","2022-07-16 19:30:00","2022-07-27 03:30:00","2022-08-06 21:00:00","2022-08-17 06:00:00","2022-08-27 13:30:00","2022-09-07 06:00:00","2022-09-18 04:00:00","2022-09-28 17:30:00","2022-10-09 05:00:00","2022-10-19 12:30:00","2022-10-30 00:30:00","2022-11-09 05:30:00","2022-11-19 00:30:00","2022-11-28 21:30:00","2022-12-09 06:30:00","2022-12-20 07:30:00","2022-12-30 14:30:00","2023-01-10 21:00:00","2023-01-21 08:30:00","2023-02-01 19:30:00","2023-02-12 12:00:00","2023-02-22 22:00:00","2023-03-05 03:30:00","2023-03-15 10:30:00","2023-03-25 14:30:00","2023-04-05 03:00:00","2023-04-15 07:30:00","2023-04-25 14:30:00","2023-05-06 03:00:00","2023-05-16 04:30:00","2023-05-27 19:00:00","2023-06-06 22:00:00","2023-06-17 06:00:00","2023-06-28 00:30:00","2023-07-08 00:00:00","2023-07-18 04:30:00","2023-07-29 02:30:00","2023-08-08 16:00:00","2023-08-19 11:00:00","2023-08-29 06:30:00","2023-09-08 21:00:00","2023-09-18 12:30:00","2023-09-28 17:00:00","2023-10-09 07:30:00","2023-10-19 18:00:00","2023-10-29 19:30:00","2023-11-08 16:00:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'email',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '25'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{Customer10000@example.org,Customer10422@example.org,Customer10841@example.org,Customer11307@example.org,Customer11748@example.org,Customer12179@example.org,Customer12627@example.org,Customer13090@example.org,Customer13501@example.org,Customer13965@example.org,Customer14403@example.org,Customer14861@example.org,Customer15317@example.org,Customer15735@example.org,Customer16186@example.org,Customer16639@example.org,Customer17085@example.org,Customer17501@example.org,Customer17953@example.org,Customer183@example.org,Customer18851@example.org,Customer19305@example.org,Customer19751@example.org,Customer20196@example.org,Customer20634@example.org,Customer21111@example.org,Customer21565@example.org,Customer21997@example.org,Customer22456@example.org,Customer22921@example.org,Customer23396@example.org,Customer23873@example.org,Customer24302@example.org,Customer24770@example.org,Customer25195@example.org,Customer25663@example.org,Customer26108@example.org,Customer26545@example.org,Customer26998@example.org,Customer27445@example.org,Customer27899@example.org,Customer28368@example.org,Customer28809@example.org,Customer29264@example.org,Customer29711@example.org,Customer30183@example.org,Customer30633@example.org,Customer31094@example.org,Customer31550@example.org,Customer32001@example.org,Customer32438@example.org,Customer32878@example.org,Customer332@example.org,Customer33741@example.org,Customer34203@example.org,Customer34676@example.org,Customer35117@example.org,Customer35594@example.org,Customer3606@example.org,Customer36569@example.org,Customer37022@example.org,Customer37486@example.org,Customer37909@example.org,Customer38345@example.org,Customer38786@example.org,Customer39231@example.org,Customer39694@example.org,Customer40132@example.org,Customer40577@example.org,Customer41036@example.org,Customer41476@example.org,Customer4197@example.org,Customer42431@example.org,Customer42877@example.org,Customer43334@example.org,Customer43779@example.org,Customer44214@example.org,Customer44664@example.org,Customer45138@example.org,Customer45592@example.org,Customer46051@example.org,Customer46483@example.org,Customer46931@example.org,Customer47372@example.org,Customer47800@example.org,Customer48239@example.org,Customer48724@example.org,Customer49154@example.org,Customer49580@example.org,Customer499@example.org,Customer5469@example.org,Customer5905@example.org,Customer6360@example.org,Customer6813@example.org,Customer7273@example.org,Customer7759@example.org,Customer8211@example.org,Customer8692@example.org,Customer9111@example.org,Customer9562@example.org,Customer9@example.org}'::text,
	'correlation', '0.33622938'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,475,959,1483,1995,2494,3014,3513,4021,4536,5034,5555,6061,6542,7075,7584,8115,8636,9124,9623,10111,10591,11078,11566,12063,12542,13054,13500,14016,14504,15007,15494,15987,16480,16987,17450,17941,18421,18936,19433,19917,20419,20934,21419,21916,22422,22947,23461,23985,24484,24996,25470,25971,26477,26967,27463,27978,28476,28971,29484,30008,30515,31018,31513,32017,32507,32977,33451,33949,34479,34973,35514,36017,36567,37080,37580,38071,38565,39053,39558,40047,40541,41046,41529,42086,42572,43068,43585,44064,44553,45077,45584,46102,46573,47082,47545,48034,48543,49044,49527,50000}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'last_login',
	'inherited', 'f'::boolean,
	'null_frac', '0.16656667'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.80996'::real,
	'histogram_bounds', '{"2024-01-01 00:08:00","2024-01-04 16:01:30","2024-01-08 10:02:30","2024-01-11 23:08:00","2024-01-15 02:45:00","2024-01-18 12:44:30","2024-01-21 21:39:00","2024-01-25 09:34:30","2024-01-29 04:03:30","2024-02-01 17:03:00","2024-02-05 08:34:30","2024-02-08 20:13:30","2024-02-12 11:50:00","2024-02-16 05:33:30","2024-02-19 19:48:30","2024-02-23 14:10:00","2024-02-27 06:08:00","2024-03-01 13:58:30","2024-03-04 17:06:30","2024-03-07 23:41:00","2024-03-11 11:10:30","2024-03-15 04:33:00","2024-03-18 20:26:30","2024-03-22 03:30:30","2024-03-25 11:05:00","2024-03-28 18:25:00","2024-04-01 04:02:30","2024-04-04 07:45:00","2024-04-07 18:10:30","2024-04-10 22:34:00","2024-04-14 13:05:30","2024-04-18 01:09:00","2024-04-21 18:19:00","2024-04-25 07:53:30","2024-04-28 14:19:00","2024-05-01 21:27:00","2024-05-05 12:22:00","2024-05-09 01:10:00","2024-05-12 15:25:30","2024-05-16 00:45:30","2024-05-19 16:05:00","2024-05-22 21:08:00","2024-05-26 12:52:30","2024-05-30 11:43:30","2024-06-02 20:54:00","2024-06-06 11:46:00","2024-06-10 05:40:00","2024-06-13 15:20:00","2024-06-17 08:57:00","2024-06-20 12:06:00","2024-06-24 02:41:30","2024-06-27 15:59:30","2024-07-01 04:14:30","2024-07-04 06:32:00","2024-07-07 12:52:30","2024-07-10 23:35:30","2024-07-14 07:29:30","2024-07-17 20:46:30","2024-07-21 01:10:00","2024-07-24 15:27:30","2024-07-27 23:51:00","2024-07-31 08:01:00","2024-08-03 20:55:30","2024-08-07 17:08:30","2024-08-11 08:56:00","2024-08-14 12:53:30","2024-08-18 05:22:00","2024-08-21 20:46:30","2024-08-25 10:30:00","2024-08-28 19:37:30","2024-09-01 04:30:30","2024-09-04 22:11:00","2024-09-08 09:55:30","2024-09-11 15:31:30","2024-09-15 05:07:30","2024-09-18 12:40:00","2024-09-22 02:09:00","2024-09-25 08:59:00","2024-09-29 00:51:30","2024-10-03 03:59:30","2024-10-06 07:51:30","2024-10-09 16:25:00","2024-10-13 11:09:00","2024-10-16 19:13:00","2024-10-20 04:59:00","2024-10-24 02:46:00","2024-10-27 13:22:00","2024-10-30 14:28:30","2024-11-02 23:47:00","2024-11-05 17:22:00","2024-11-09 03:44:30","2024-11-12 13:41:30","2024-11-15 23:30:30","2024-11-19 02:21:30","2024-11-22 16:54:30","2024-11-25 21:54:00","2024-11-29 00:38:30","2024-12-02 07:18:00","2024-12-05 22:06:00","2024-12-09 08:05:00","2024-12-13 04:42:30"}'::text,
	'correlation', '0.004944389'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'name',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '10'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"Name 1","Name 1042","Name 10837","Name 11305","Name 11745","Name 12177","Name 12625","Name 13085","Name 13498","Name 13959","Name 14400","Name 14858","Name 15314","Name 15733","Name 16181","Name 16636","Name 17080","Name 175","Name 17951","Name 18396","Name 18849","Name 19304","Name 19748","Name 20193","Name 2063","Name 21110","Name 21562","Name 21994","Name 22451","Name 22914","Name 23393","Name 23869","Name 2430","Name 24769","Name 25191","Name 2566","Name 26101","Name 26540","Name 26995","Name 27443","Name 27896","Name 28365","Name 28809","Name 29260","Name 29709","Name 30177","Name 3063","Name 31091","Name 31549","Name 31999","Name 32434","Name 32873","Name 33298","Name 33740","Name 34199","Name 34672","Name 35112","Name 35590","Name 36062","Name 36564","Name 37017","Name 37483","Name 37907","Name 38338","Name 38782","Name 39229","Name 3969","Name 40128","Name 40575","Name 41035","Name 41474","Name 41979","Name 42429","Name 42874","Name 43333","Name 43776","Name 44214","Name 44662","Name 45135","Name 45589","Name 46049","Name 4648","Name 46929","Name 47370","Name 4780","Name 48238","Name 48720","Name 49153","Name 49576","Name 49999","Name 5468","Name 5900","Name 6359","Name 681","Name 7270","Name 7756","Name 8209","Name 8687","Name 9108","Name 9558","Name 9997"}'::text,
	'correlation', '0.33665347'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'newsletter',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '1'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{f,t}'::text,
	'most_common_freqs', '{0.66833335,0.33166668}'::real[],
	'correlation', '0.5610995'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'referrer_id',
	'inherited', 'f'::boolean,
	'null_frac', '0.9159333'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.08406669'::real,
	'histogram_bounds', '{2,46,87,131,171,215,254,291,331,381,419,467,503,540,586,632,669,722,763,804,842,890,933,966,1006,1050,1099,1142,1185,1225,1268,1308,1340,1384,1423,1465,1506,1543,1584,1633,1679,1720,1766,1803,1841,1890,1928,1972,2016,2056,2090,2130,2165,2207,2260,2295,2338,2382,2427,2471,2507,2552,2589,2630,2672,2720,2761,2803,2844,2881,2916,2955,3001,3044,3088,3122,3164,3209,3248,3284,3332,3370,3407,3452,3496,3538,3579,3621,3663,3708,3749,3801,3841,3888,3931,3966,4009,4059,4095,4129,4166}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers',
	'attname', 'status',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '7'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{active,deleted,blocked}'::text,
	'most_common_freqs', '{0.9597667,0.030566666,0.009666666}'::real[],
	'correlation', '0.92091143'::real
);


--
-- Statistics for Name: events; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'relpages', '12068'::integer,
	'reltuples', '1e+06'::real,
	'relallvisible', '12068'::integer,
	'relallfrozen', '12068'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'customer_id',
	'inherited', 'f'::boolean,
	'null_frac', '0.33416668'::real,
	'avg_width', '8'::integer,
	'n_distinct', '45661'::real,
	'histogram_bounds', '{15,549,1072,1515,2062,2511,3019,3526,4071,4617,5128,5651,6143,6562,6992,7499,7997,8523,8985,9471,9959,10433,10937,11456,12009,12532,13015,13457,13912,14413,14975,15513,15944,16436,16933,17471,17941,18509,18966,19470,19986,20457,20960,21462,21942,22389,22917,23400,23899,24457,24931,25342,25846,26325,26809,27378,27891,28394,28783,29345,29923,30471,30988,31515,31956,32467,32953,33464,34011,34537,35064,35564,36044,36518,36975,37487,38003,38516,38985,39494,39916,40471,40901,41415,41986,42486,43063,43555,44068,44538,45031,45559,46078,46605,47071,47598,48077,48571,49079,49498,49992}'::text,
	'correlation', '0.015333329'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{61,10014,19143,29183,39325,49643,58680,69297,79354,89222,99295,108707,118621,128913,139762,150054,160694,170868,180838,191098,201255,210855,221146,231950,242288,251730,261398,271639,281025,290680,302444,312966,323493,333694,342782,353402,363798,372964,382629,391955,401387,411299,420489,430008,439199,449109,458966,468164,477878,488868,498391,507645,518185,527618,537863,548049,557410,566848,577093,588123,598713,609070,619693,628865,638027,648176,657592,666781,677558,688537,698253,708293,718041,728053,737348,747160,757207,768965,779369,789198,799947,810007,820311,830042,840243,849770,859469,869997,880360,889931,900539,910346,920169,930025,940101,949737,959494,968848,979340,989450,999996}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'kind',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '5'::integer,
	'n_distinct', '4'::real,
	'most_common_vals', '{view,search,checkout,error}'::text,
	'most_common_freqs', '{0.7983,0.18183333,0.017766668,0.0021}'::real[],
	'correlation', '0.66925573'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'occurred_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2024-01-01 00:30:30","2024-01-04 11:27:00","2024-01-07 15:31:30","2024-01-11 03:11:30","2024-01-14 15:42:30","2024-01-18 05:41:30","2024-01-21 09:00:00","2024-01-25 01:28:30","2024-01-28 13:17:00","2024-01-31 23:31:00","2024-02-04 11:27:30","2024-02-07 17:53:30","2024-02-11 04:30:30","2024-02-14 18:16:30","2024-02-18 12:41:00","2024-02-22 02:27:00","2024-02-25 19:07:00","2024-02-29 07:54:00","2024-03-03 18:59:00","2024-03-07 08:29:00","2024-03-10 21:07:30","2024-03-14 05:07:30","2024-03-17 18:53:00","2024-03-21 12:55:00","2024-03-25 03:04:00","2024-03-28 09:45:00","2024-03-31 18:19:00","2024-04-04 07:39:30","2024-04-07 13:52:30","2024-04-10 22:20:00","2024-04-15 00:22:00","2024-04-18 16:03:00","2024-04-22 07:46:30","2024-04-25 20:47:00","2024-04-29 00:31:00","2024-05-02 17:01:00","2024-05-06 07:39:00","2024-05-09 12:02:00","2024-05-12 20:34:30","2024-05-16 02:17:30","2024-05-19 08:53:30","2024-05-22 19:29:30","2024-05-26 00:04:30","2024-05-29 07:24:00","2024-06-01 11:59:30","2024-06-04 22:34:30","2024-06-08 08:43:00","2024-06-11 13:22:00","2024-06-14 22:19:00","2024-06-18 17:54:00","2024-06-22 01:15:30","2024-06-25 06:22:30","2024-06-28 22:12:30","2024-07-02 04:49:00","2024-07-05 18:11:30","2024-07-09 07:04:30","2024-07-12 13:05:00","2024-07-15 19:44:00","2024-07-19 09:06:30","2024-07-23 05:01:30","2024-07-26 21:16:30","2024-07-30 11:35:00","2024-08-03 04:06:30","2024-08-06 08:32:30","2024-08-09 12:53:30","2024-08-13 01:28:00","2024-08-16 07:56:00","2024-08-19 12:30:30","2024-08-23 06:19:00","2024-08-27 01:48:30","2024-08-30 10:46:30","2024-09-02 22:26:30","2024-09-06 07:40:30","2024-09-09 19:06:30","2024-09-13 00:34:00","2024-09-16 10:20:00","2024-09-19 22:03:30","2024-09-24 00:02:30","2024-09-27 14:44:30","2024-10-01 00:39:00","2024-10-04 18:13:30","2024-10-08 06:03:30","2024-10-11 19:55:30","2024-10-15 05:01:00","2024-10-18 18:01:30","2024-10-22 01:25:00","2024-10-25 10:14:30","2024-10-29 01:58:30","2024-11-01 16:20:00","2024-11-05 00:05:30","2024-11-08 16:29:30","2024-11-12 02:13:00","2024-11-15 12:04:30","2024-11-18 22:12:30","2024-11-22 10:10:30","2024-11-25 18:28:30","2024-11-29 03:47:00","2024-12-02 09:44:00","2024-12-06 01:10:00","2024-12-09 13:25:00","2024-12-13 05:18:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'path',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '19785'::real,
	'most_common_vals', '{/p/15185,/p/6720,/p/7438}'::text,
	'most_common_freqs', '{0.00026666667,0.00026666667,0.00026666667}'::real[],
	'histogram_bounds', '{/p/0,/p/10178,/p/10363,/p/10557,/p/10739,/p/10908,/p/111,/p/11271,/p/11450,/p/11628,/p/11823,/p/11987,/p/12186,/p/12359,/p/1253,/p/12705,/p/12880,/p/13065,/p/13245,/p/13428,/p/13591,/p/13765,/p/13941,/p/1413,/p/14306,/p/14481,/p/14663,/p/14843,/p/15023,/p/152,/p/15358,/p/15548,/p/15724,/p/1590,/p/16062,/p/16249,/p/16452,/p/1663,/p/16805,/p/16988,/p/17180,/p/17351,/p/17544,/p/17718,/p/17890,/p/18077,/p/18240,/p/18407,/p/18599,/p/18786,/p/18965,/p/19143,/p/19332,/p/19496,/p/19657,/p/19847,/p/2022,/p/2210,/p/2390,/p/255,/p/2747,/p/2922,/p/3079,/p/3248,/p/3429,/p/361,/p/3780,/p/3957,/p/4129,/p/4327,/p/4516,/p/4699,/p/4889,/p/5070,/p/526,/p/5446,/p/5629,/p/5808,/p/5975,/p/6153,/p/6322,/p/6506,/p/6693,/p/6856,/p/7039,/p/7238,/p/7434,/p/7607,/p/7804,/p/8006,/p/8185,/p/8346,/p/8534,/p/8718,/p/8896,/p/9063,/p/9242,/p/9420,/p/9615,/p/981,/p/9999}'::text,
	'correlation', '-0.0077812173'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events',
	'attname', 'session',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '33'::integer,
	'n_distinct', '-0.1272'::real,
	'histogram_bounds', '{00003e3b9e5336685200ae85d21b4f5e,02a3f3d9137530dd2d4b01eeada24cc1,055e1e5b7050109e8823a3995be15df7,08208b4ae81ca22c2a732d57f4aa5d38,0a44140fcbbf55d76a1dc8953ebecd1b,0c914362569f7e30c819eff2d8582004,0f19d4d93ea331b17b6156e8fcdc6e3c,115cff5925f53fa2db268f88cca0fd7f,13d0dbcb3fa2166b752adfb3a90afec8,169bacd67ef74e3b8ee3c4919fb57690,18df51b97ccd68128e994804f3eccc87,1ba182a1f1fa062de4b21f51cd8fe729,1e2acd6fd67977da70bd8a89edf6ff9e,209ed5567b7de8d810127caad4f2eeb9,2314357048ebde5a413e10866a13f421,2562b3fcf3a15d7926bde2ff91919d3d,28334cbd7f1b9a596e746bbb660b2814,2ac02a870bd4eff6a56ebf29952071e8,2d3f952747fdbe3d04ecf90aa87daaa2,3016a447172f3045b65f5fc83e04b554,32931aa4a3c83357456f32cd508a115b,35613dde17e11caa281c2e7bc2ac7acc,37d0f121db69fd09f364df89e4405e31,3a668d983989fad456d209b6f5ee932d,3d2139c7315d091b026da99147cdb0a8,3f5380bb675dc58c512ecc65878e3e14,41c66b9aefbe7e207ad103d3b5ed91d4,4454c95ca2b2b298057cbcb3bdcbb566,46fe609284dca259551e1d6f0b52fe96,49b44fc23736ae85aededcc798f22c4a,4c0a5218724f1f0c224737be2cbe8661,4e87337f366f72daa424dae11df0538c,510ff78a7f86f653f7ecf9adb05722e7,5383c7318a3158b9bc261d0b6996f7c2,563dafe66e94d4e9272688412a7ac2b9,58921cf31755495c40bed8c800410b78,5b2133764ba9ee4e211cf50a7e3c86f5,5dacab03c06f42f75c3f21a2c9f98997,604f2c31e67034642b288d76a8df11d5,62e974e23cde05d4e213607d89491bbf,6551516d51364661aed940bde89d0b12,67f1dda3f58c30bca5812691cfd54a6e,6a54289b29ceb58cb7609cc50e0dc1c8,6ce8d8f3b038f737cefcdafcf3752452,6f871b1338ddda89ec59dc3570858cd9,724f8e7a7417bca359aff85b66ebe89a,7564a6884f36f8f7c4ac3c911b525e28,78359822d0b017483ac74c19ca10381d,7ac0d6f2a7e643934c4c056762c37596,7d5e328070a34d2f04bc2a96c97a6300,7fe6f43b1fa74eaab7e0388b4c24c010,8257fe03047e82b57406ed493c6e8913,84c230a5b1bc3495046ef916957c7238,86ff09548a5c6eff1ec764a28b6c8112,89ba5a9ed3d76c448fed83a18275b451,8c4e5a07b38cbb0d4094ef8cb49ec306,8ec5325104e6c8053622fe4c9e1ad57a,91576cbf171986154e523305a69c79d3,93ef0ee81ec1dad09a4a6708c6c9443b,96b6715edb4b085b70f0cff47d43a1ed,9938b594f4c50c21ed235b2f92e82177,9bb5e98e015305226fe60f1779912b57,9e41ec3f23540abfe12fdec977b0959e,a05f2c8933367463e0dfaf05ccf7b3ee,a2ea6251a5e39b76b60eea0a5c58128a,a5d72dc597c1caa3431242a61f3e9dc3,a85484f2cb09a4f053abce0489cc4cb6,aad805059005ca50a5b5639a9779a86d,ad51581c05df48a50a3018f47f1f545d,afed162552a9af44047ec8ec3c1bed65,b2673dbaad4eaf3320af4349532739d2,b4f6e40b53667c935bf2fd683fbf62e8,b7b2f47e7187f101ad45b6a3735a4fa0,ba6045b2a8a42c49c20bd1dc95acb1f0,bceb3255d9e971801589ea08667466f0,bfb39e131f659988378b058bd9a5a898,c224804e65abe77279510813d927b2fe,c4c2268a83e731672073f530bc0bc735,c74007a5c02a0a6ea391c1746ed8edac,ca044cf2bda6849beeacae8bf799ccc6,cc99626e2a87a37dd612eaa6dcac473c,cf58aa5ab2236133d312026ef2405d8c,d1e47c37fa163e1f2032551e1d67063f,d4a758aadfcc265a9e34f76415246c42,d72e801af118308a278f3bb215b94dd7,d992311c8dd8c263101effc1d881ab4f,dbfad2d301c63ce91f1fe1d13689f53f,de780204fc957e55881d2eed7fd9b058,e0e60ec21d10b717a728bc089e73f262,e394c4fcf4858aeb877a99486c9c9418,e620a99414d5ebf5c61d6a43a4ac94a2,e8b7ab706b57bf7a5104691ce75f3810,eb2990b7a656a9d5eab1351bbe5f429e,edc04a275e87ba378065dfbfdd05ff26,f00c0eeb95f5a928c3814bc3b3ee962b,f26df67e8110ee2b44923db775e3e47f,f4c079d9bc18a6928879f71f17878b7c,f7a23934663d0479450d75481425c26b,fa11d41aa48261b2e49b1ee625cf4d03,fd2c5e4680d9a01dba3aada5ece22270,fffffe98d0963d27015c198262d97221}'::text,
	'correlation', '0.0012735698'::real
);


--
-- Statistics for Name: order_items; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'relpages', '7500'::integer,
	'reltuples', '900000'::real,
	'relallvisible', '7500'::integer,
	'relallfrozen', '7500'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{11,9182,18706,27196,35767,44652,53156,61479,70427,78994,87752,96235,105659,114140,122550,132247,141561,150075,158794,168353,177440,186194,194407,203548,212641,221409,231269,239820,249043,258350,267892,277027,285851,294872,304437,315057,324333,333666,343177,351246,360132,370287,378311,387590,396052,404874,413367,421986,431071,441034,449677,459154,468406,477304,486674,494861,504416,512876,521833,531396,540944,549726,558656,566849,576009,585672,594783,602452,611585,620722,628522,637425,647072,655970,665307,674563,684132,693004,702044,710900,721003,729639,739480,748196,757241,767576,776446,785362,794593,802773,811205,820226,828629,837203,846363,855256,864310,872694,881804,890202,899999}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'order_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.3307789'::real,
	'histogram_bounds', '{4,3061,6236,9066,11923,14884,17719,20493,23476,26332,29251,32079,35220,38047,40850,44083,47187,50025,52932,56118,59147,62065,64803,67850,70881,73803,77090,79940,83015,86117,89298,92343,95284,98291,101479,105019,108111,111222,114393,117082,120044,123429,126104,129197,132018,134958,137789,140662,143691,147012,149893,153052,156136,159102,162225,164954,168139,170959,173945,177132,180315,183242,186219,188950,192003,195224,198261,200818,203862,206908,209508,212475,215691,218657,221769,224855,228044,231002,234015,236967,240335,243213,246494,249399,252414,255859,258816,261788,264865,267591,270402,273409,276210,279068,282121,285086,288104,290898,293935,296734,300000}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'price',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '47766'::real,
	'most_common_vals', '{10462}'::text,
	'most_common_freqs', '{0.0002}'::real[],
	'histogram_bounds', '{102,647,1178,1643,2107,2629,3154,3646,4087,4523,4970,5457,5992,6456,6963,7444,7944,8468,8935,9368,9880,10389,10869,11349,11874,12374,12909,13415,13928,14416,14913,15421,15942,16463,16984,17470,17995,18537,19099,19591,20036,20516,21037,21495,22005,22454,22948,23471,24006,24496,24984,25455,25928,26425,26922,27475,27990,28495,28977,29485,29993,30538,31023,31549,32083,32578,33086,33590,34067,34613,35136,35646,36101,36563,37065,37555,38033,38567,39038,39586,40074,40570,41052,41528,42007,42504,43026,43541,44074,44594,45073,45573,46063,46546,47040,47532,48040,48555,49022,49557,50094}'::text,
	'correlation', '0.01018195'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'product_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '19905'::real,
	'most_common_vals', '{6165}'::text,
	'most_common_freqs', '{0.00026666667}'::real[],
	'histogram_bounds', '{1,191,371,580,766,960,1186,1375,1583,1800,1995,2199,2402,2592,2796,2960,3165,3368,3549,3736,3948,4160,4356,4564,4746,4939,5142,5339,5568,5765,5963,6170,6371,6568,6765,6952,7132,7336,7536,7729,7976,8168,8366,8564,8753,8931,9110,9298,9491,9678,9880,10076,10299,10514,10723,10913,11096,11310,11520,11716,11899,12101,12302,12510,12716,12933,13128,13325,13537,13738,13938,14116,14325,14543,14739,14942,15166,15382,15581,15785,15988,16198,16418,16616,16827,17033,17234,17439,17649,17842,18037,18228,18432,18631,18843,19021,19209,19405,19594,19807,20000}'::text,
	'correlation', '0.0017100937'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'quantity',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '4'::real,
	'most_common_vals', '{4,3,2,1}'::text,
	'most_common_freqs', '{0.25346667,0.25106665,0.25033334,0.24513334}'::real[],
	'correlation', '0.24658202'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items',
	'attname', 'returned',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '1'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{f,t}'::text,
	'most_common_freqs', '{0.98373336,0.016266666}'::real[],
	'correlation', '0.9684399'::real
);


--
-- Statistics for Name: orders; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'relpages', '3746'::integer,
	'reltuples', '300000'::real,
	'relallvisible', '3746'::integer,
	'relallfrozen', '3746'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'channel',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{web,app,phone}'::text,
	'most_common_freqs', '{0.5009,0.25263333,0.24646667}'::real[],
	'correlation', '0.37354663'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'coupon_id',
	'inherited', 'f'::boolean,
	'null_frac', '0.9316667'::real,
	'avg_width', '4'::integer,
	'n_distinct', '1013'::real,
	'histogram_bounds', '{1,76,116,171,221,271,321,376,416,481,531,571,616,671,721,771,831,886,941,991,1041,1101,1141,1186,1246,1281,1331,1381,1421,1476,1506,1556,1601,1641,1691,1741,1801,1856,1921,1971,2026,2071,2121,2161,2196,2231,2276,2321,2351,2391,2441,2496,2551,2616,2671,2716,2766,2806,2856,2926,2976,3016,3061,3111,3166,3216,3271,3306,3371,3416,3476,3546,3601,3641,3696,3741,3786,3841,3891,3941,3996,4031,4076,4146,4206,4251,4311,4361,4426,4461,4511,4571,4616,4671,4716,4751,4796,4851,4901,4941,4996}'::text,
	'correlation', '0.0018885816'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'currency',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{EUR,USD}'::text,
	'most_common_freqs', '{0.89966667,0.10033333}'::real[],
	'correlation', '0.8222494'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'customer_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.13722667'::real,
	'most_common_vals', '{7,13014,1038,42495,49566}'::text,
	'most_common_freqs', '{0.0509,0.00023333334,0.0002,0.0002,0.0002}'::real[],
	'histogram_bounds', '{1,466,964,1447,1910,2406,2887,3345,3838,4348,4815,5285,5754,6237,6720,7288,7797,8295,8784,9275,9737,10275,10747,11268,11749,12279,12746,13232,13725,14157,14625,15170,15653,16131,16623,17162,17664,18145,18674,19168,19637,20223,20695,21152,21663,22207,22694,23189,23679,24180,24701,25198,25755,26227,26696,27149,27606,28071,28571,29069,29584,30086,30554,31081,31558,32034,32546,33072,33559,34049,34528,35078,35553,36069,36620,37095,37606,38127,38682,39170,39660,40145,40641,41159,41669,42187,42737,43256,43780,44281,44788,45239,45725,46170,46716,47278,47794,48335,48878,49419,50000}'::text,
	'correlation', '-0.0053617014'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{7,2853,5649,8564,11703,15024,18194,21129,24085,27309,30179,33076,36299,39583,42335,45250,48089,51011,53990,56901,59777,62927,65906,68822,71798,75104,78039,81089,83974,87069,90210,93674,97092,100070,103331,106426,109195,112274,115433,118424,121437,124504,127561,131027,134005,137095,140263,143324,146369,149488,152535,155260,158065,161068,164061,167248,169843,172697,175618,178428,181514,184504,187121,190029,192889,195496,198332,201507,204369,207172,210302,213279,216144,218869,221828,224934,227904,231231,234261,237058,240213,242915,245884,248677,251814,254911,257830,260839,263606,266694,269381,272527,275841,278642,281724,284680,287698,290986,293969,296910,299998}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'paid_at',
	'inherited', 'f'::boolean,
	'null_frac', '0.031366665'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.96863335'::real,
	'histogram_bounds', '{"2023-01-01 01:21:00","2023-01-06 22:00:00","2023-01-12 19:09:00","2023-01-18 19:12:00","2023-01-25 08:48:00","2023-02-01 05:03:00","2023-02-07 18:39:00","2023-02-13 20:57:00","2023-02-19 23:39:00","2023-02-26 18:06:00","2023-03-04 19:48:00","2023-03-10 18:30:00","2023-03-17 11:54:00","2023-03-24 04:00:00","2023-03-29 22:12:00","2023-04-04 22:42:00","2023-04-10 22:48:00","2023-04-17 03:06:00","2023-04-23 06:06:00","2023-04-29 11:15:00","2023-05-05 06:33:00","2023-05-11 22:03:00","2023-05-18 00:54:00","2023-05-24 00:27:00","2023-05-30 09:03:00","2023-06-06 02:15:00","2023-06-12 06:00:00","2023-06-18 11:57:00","2023-06-24 16:00:00","2023-06-30 23:30:00","2023-07-07 13:27:00","2023-07-14 15:21:00","2023-07-21 16:48:00","2023-07-27 22:51:00","2023-08-03 16:27:00","2023-08-10 02:30:00","2023-08-15 20:45:00","2023-08-22 07:03:00","2023-08-28 18:39:00","2023-09-04 01:51:00","2023-09-10 08:57:00","2023-09-16 08:45:00","2023-09-22 15:18:00","2023-09-29 20:15:00","2023-10-06 06:48:00","2023-10-12 07:03:00","2023-10-19 04:54:00","2023-10-25 20:30:00","2023-10-31 19:21:00","2023-11-07 15:30:00","2023-11-13 19:39:00","2023-11-19 12:57:00","2023-11-25 01:18:00","2023-12-01 03:21:00","2023-12-07 13:54:00","2023-12-14 05:27:00","2023-12-19 19:09:00","2023-12-25 12:51:00","2023-12-31 13:18:00","2024-01-06 06:06:00","2024-01-12 14:15:00","2024-01-18 18:51:00","2024-01-24 09:09:00","2024-01-30 09:45:00","2024-02-04 22:24:00","2024-02-10 20:33:00","2024-02-16 09:06:00","2024-02-23 01:03:00","2024-02-29 00:06:00","2024-03-06 01:57:00","2024-03-11 22:54:00","2024-03-18 04:30:00","2024-03-24 13:39:00","2024-03-30 04:03:00","2024-04-05 04:45:00","2024-04-11 12:27:00","2024-04-17 19:03:00","2024-04-24 04:24:00","2024-04-30 14:24:00","2024-05-06 20:06:00","2024-05-12 21:24:00","2024-05-19 00:36:00","2024-05-24 20:57:00","2024-05-30 22:36:00","2024-06-05 20:30:00","2024-06-12 15:06:00","2024-06-18 18:21:00","2024-06-24 16:15:00","2024-06-30 17:51:00","2024-07-06 15:18:00","2024-07-12 12:24:00","2024-07-18 11:15:00","2024-07-25 09:27:00","2024-07-31 14:57:00","2024-08-06 20:21:00","2024-08-13 01:24:00","2024-08-19 11:27:00","2024-08-25 19:42:00","2024-09-01 10:36:00","2024-09-07 09:21:00","2024-09-13 19:48:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'placed_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2023-01-01 00:21:00","2023-01-06 22:39:00","2023-01-12 18:27:00","2023-01-18 20:12:00","2023-01-25 09:09:00","2023-02-01 07:12:00","2023-02-07 21:42:00","2023-02-14 00:27:00","2023-02-20 04:15:00","2023-02-26 21:27:00","2023-03-04 20:57:00","2023-03-10 21:48:00","2023-03-17 14:57:00","2023-03-24 11:09:00","2023-03-30 04:45:00","2023-04-05 06:30:00","2023-04-11 04:27:00","2023-04-17 06:33:00","2023-04-23 11:30:00","2023-04-29 13:03:00","2023-05-05 12:51:00","2023-05-12 02:21:00","2023-05-18 07:18:00","2023-05-24 09:06:00","2023-05-30 13:54:00","2023-06-06 11:12:00","2023-06-12 13:57:00","2023-06-18 22:27:00","2023-06-24 22:42:00","2023-07-01 09:27:00","2023-07-07 22:30:00","2023-07-15 03:42:00","2023-07-22 06:36:00","2023-07-28 11:30:00","2023-08-04 06:33:00","2023-08-10 17:18:00","2023-08-16 11:45:00","2023-08-22 21:42:00","2023-08-29 11:39:00","2023-09-04 17:12:00","2023-09-10 23:51:00","2023-09-17 09:12:00","2023-09-23 18:03:00","2023-09-30 23:21:00","2023-10-07 04:15:00","2023-10-13 14:45:00","2023-10-20 05:09:00","2023-10-26 14:12:00","2023-11-01 22:27:00","2023-11-08 10:24:00","2023-11-14 18:45:00","2023-11-20 11:00:00","2023-11-26 07:15:00","2023-12-02 13:24:00","2023-12-08 19:03:00","2023-12-15 10:24:00","2023-12-20 20:09:00","2023-12-26 18:51:00","2024-01-01 20:54:00","2024-01-07 17:24:00","2024-01-14 03:42:00","2024-01-20 09:12:00","2024-01-25 20:03:00","2024-01-31 21:27:00","2024-02-06 20:27:00","2024-02-12 06:48:00","2024-02-18 04:36:00","2024-02-24 19:21:00","2024-03-01 18:27:00","2024-03-07 14:36:00","2024-03-14 03:06:00","2024-03-20 07:57:00","2024-03-26 07:12:00","2024-03-31 23:27:00","2024-04-07 03:24:00","2024-04-13 14:42:00","2024-04-19 19:12:00","2024-04-26 17:33:00","2024-05-03 01:03:00","2024-05-08 20:54:00","2024-05-15 10:39:00","2024-05-21 01:45:00","2024-05-27 06:12:00","2024-06-02 01:51:00","2024-06-08 14:42:00","2024-06-15 01:33:00","2024-06-21 03:30:00","2024-06-27 09:57:00","2024-07-03 04:18:00","2024-07-09 14:42:00","2024-07-15 05:03:00","2024-07-21 18:21:00","2024-07-28 16:03:00","2024-08-03 12:06:00","2024-08-09 22:12:00","2024-08-16 02:00:00","2024-08-22 08:54:00","2024-08-29 05:18:00","2024-09-04 10:27:00","2024-09-10 13:30:00","2024-09-16 23:54:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'shipped_at',
	'inherited', 'f'::boolean,
	'null_frac', '0.036'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.964'::real,
	'histogram_bounds', '{"2023-01-02 00:21:00","2023-01-07 20:33:00","2023-01-13 16:39:00","2023-01-19 15:42:00","2023-01-26 01:03:00","2023-02-01 22:54:00","2023-02-08 14:09:00","2023-02-14 14:51:00","2023-02-20 18:51:00","2023-02-27 13:45:00","2023-03-05 12:06:00","2023-03-11 11:24:00","2023-03-18 03:15:00","2023-03-24 15:42:00","2023-03-30 12:03:00","2023-04-05 10:24:00","2023-04-11 10:27:00","2023-04-17 11:57:00","2023-04-23 15:36:00","2023-04-30 00:27:00","2023-05-05 18:57:00","2023-05-12 02:45:00","2023-05-18 12:48:00","2023-05-24 12:42:00","2023-05-30 14:12:00","2023-06-06 07:48:00","2023-06-12 15:27:00","2023-06-18 18:45:00","2023-06-24 18:12:00","2023-06-30 16:51:00","2023-07-07 16:30:00","2023-07-14 09:33:00","2023-07-21 15:30:00","2023-07-28 01:00:00","2023-08-03 11:12:00","2023-08-10 03:09:00","2023-08-15 23:42:00","2023-08-21 22:24:00","2023-08-28 15:09:00","2023-09-03 22:24:00","2023-09-10 07:06:00","2023-09-16 05:27:00","2023-09-22 07:33:00","2023-09-29 07:39:00","2023-10-05 21:48:00","2023-10-11 21:15:00","2023-10-18 18:15:00","2023-10-25 10:21:00","2023-10-31 05:00:00","2023-11-07 04:48:00","2023-11-13 05:57:00","2023-11-19 00:12:00","2023-11-24 16:27:00","2023-11-30 15:21:00","2023-12-06 23:51:00","2023-12-13 11:57:00","2023-12-19 07:54:00","2023-12-24 21:18:00","2023-12-30 21:54:00","2024-01-05 10:48:00","2024-01-11 14:42:00","2024-01-18 00:24:00","2024-01-23 17:21:00","2024-01-29 11:03:00","2024-02-04 11:27:00","2024-02-10 05:03:00","2024-02-15 06:36:00","2024-02-21 16:06:00","2024-02-28 01:27:00","2024-03-04 23:24:00","2024-03-10 23:18:00","2024-03-17 06:12:00","2024-03-23 04:24:00","2024-03-29 04:51:00","2024-04-04 01:57:00","2024-04-09 22:54:00","2024-04-16 11:09:00","2024-04-22 18:39:00","2024-04-29 11:54:00","2024-05-05 18:33:00","2024-05-11 09:09:00","2024-05-17 20:54:00","2024-05-23 09:24:00","2024-05-29 09:09:00","2024-06-04 07:18:00","2024-06-10 22:18:00","2024-06-16 23:57:00","2024-06-23 07:24:00","2024-06-29 08:06:00","2024-07-04 23:39:00","2024-07-11 08:12:00","2024-07-16 18:09:00","2024-07-23 06:51:00","2024-07-29 23:18:00","2024-08-04 22:51:00","2024-08-11 09:00:00","2024-08-17 10:45:00","2024-08-23 16:36:00","2024-08-30 10:06:00","2024-09-05 16:09:00","2024-09-11 16:33:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'status',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '9'::integer,
	'n_distinct', '4'::real,
	'most_common_vals', '{completed,cancelled,disputed,pending}'::text,
	'most_common_freqs', '{0.9586333,0.026266666,0.01,0.0051}'::real[],
	'correlation', '0.93222713'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders',
	'attname', 'total',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.23989667'::real,
	'histogram_bounds', '{500,1442,2285,3142,3989,4893,5765,6667,7549,8466,9385,10271,11167,11995,12904,13924,14821,15673,16554,17497,18430,19294,20134,21000,21891,22789,23759,24576,25560,26391,27298,28304,29177,30083,30989,31801,32746,33620,34613,35489,36469,37325,38262,39234,40179,41098,41988,42916,43752,44620,45520,46408,47295,48104,48992,49944,50796,51647,52507,53429,54298,55189,56154,57080,57996,58847,59772,60645,61519,62332,63247,64145,65127,66069,66979,67929,68785,69709,70677,71588,72494,73384,74273,75220,76147,77061,78003,78841,79778,80659,81572,82419,83281,84232,85085,86057,86961,87866,88762,89649,90498}'::text,
	'correlation', '-8.363075e-05'::real
);


--
-- Statistics for Name: payments; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'relpages', '4000'::integer,
	'reltuples', '300000'::real,
	'relallvisible', '4000'::integer,
	'relallfrozen', '4000'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'amount',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.23717'::real,
	'histogram_bounds', '{504,1347,2276,3206,4146,5051,5927,6839,7719,8648,9495,10377,11200,12009,12900,13762,14657,15536,16391,17410,18342,19200,20068,20994,21911,22685,23634,24681,25652,26471,27439,28299,29205,30142,31084,31991,32827,33801,34661,35617,36578,37517,38468,39354,40193,41072,41982,42835,43751,44645,45588,46497,47437,48324,49301,50152,50982,51817,52685,53586,54440,55269,56134,57018,57841,58760,59670,60575,61596,62540,63467,64438,65326,66247,67264,68225,69176,70106,71064,71943,72866,73776,74729,75614,76459,77377,78292,79185,80093,81013,81867,82720,83564,84474,85358,86199,87095,87948,88768,89591,90499}'::text,
	'correlation', '0.00725664'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'created_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2023-01-01 00:36:00","2023-01-07 19:06:00","2023-01-14 09:51:00","2023-01-21 08:00:00","2023-01-27 19:57:00","2023-02-03 06:42:00","2023-02-09 05:03:00","2023-02-15 23:15:00","2023-02-21 22:03:00","2023-02-27 21:48:00","2023-03-05 23:15:00","2023-03-11 20:24:00","2023-03-18 01:18:00","2023-03-23 15:42:00","2023-03-29 07:06:00","2023-04-04 04:39:00","2023-04-10 17:51:00","2023-04-17 14:24:00","2023-04-24 05:06:00","2023-04-30 06:27:00","2023-05-06 12:45:00","2023-05-12 14:36:00","2023-05-19 06:33:00","2023-05-25 13:15:00","2023-05-31 20:42:00","2023-06-06 15:48:00","2023-06-13 03:06:00","2023-06-19 04:09:00","2023-06-25 18:51:00","2023-07-02 12:30:00","2023-07-08 10:36:00","2023-07-14 06:03:00","2023-07-20 18:09:00","2023-07-27 00:45:00","2023-08-02 03:36:00","2023-08-09 02:48:00","2023-08-15 03:24:00","2023-08-21 12:00:00","2023-08-28 05:12:00","2023-09-03 22:39:00","2023-09-10 12:27:00","2023-09-16 21:54:00","2023-09-22 14:57:00","2023-09-28 13:12:00","2023-10-04 10:57:00","2023-10-10 09:57:00","2023-10-16 22:00:00","2023-10-22 21:48:00","2023-10-29 11:09:00","2023-11-04 17:12:00","2023-11-10 09:09:00","2023-11-16 15:00:00","2023-11-22 07:24:00","2023-11-28 06:33:00","2023-12-04 05:00:00","2023-12-10 16:06:00","2023-12-17 02:21:00","2023-12-23 15:42:00","2023-12-30 01:03:00","2024-01-05 10:54:00","2024-01-12 02:33:00","2024-01-18 13:33:00","2024-01-25 03:51:00","2024-01-31 13:57:00","2024-02-06 23:33:00","2024-02-13 06:03:00","2024-02-19 16:33:00","2024-02-25 19:00:00","2024-03-02 17:21:00","2024-03-09 08:06:00","2024-03-15 05:51:00","2024-03-21 08:51:00","2024-03-27 00:09:00","2024-04-01 20:15:00","2024-04-07 18:15:00","2024-04-13 20:48:00","2024-04-21 02:15:00","2024-04-27 06:51:00","2024-05-03 09:30:00","2024-05-09 14:06:00","2024-05-15 01:48:00","2024-05-21 13:51:00","2024-05-27 22:03:00","2024-06-03 07:03:00","2024-06-10 03:30:00","2024-06-15 23:39:00","2024-06-22 10:39:00","2024-06-28 09:39:00","2024-07-04 15:39:00","2024-07-11 00:21:00","2024-07-17 11:39:00","2024-07-22 20:12:00","2024-07-28 21:00:00","2024-08-04 11:06:00","2024-08-10 03:24:00","2024-08-16 10:54:00","2024-08-23 11:42:00","2024-08-29 16:54:00","2024-09-04 19:24:00","2024-09-10 15:54:00","2024-09-16 23:42:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{12,3262,6437,9760,12879,15974,18821,22065,24921,27796,30705,33528,36506,39194,41902,44733,47877,51168,54342,57249,60255,63172,66371,69385,72414,75196,78302,81203,84377,87610,90452,93241,96363,99375,102312,105656,108548,111600,114824,118053,121209,124278,127019,129864,132699,135559,138680,141556,144703,147704,150423,153420,156148,159011,161860,164962,168047,171194,174261,177338,180531,183631,186797,189879,192951,195961,199051,201980,204827,208002,210837,213777,216483,219285,222125,225056,228525,231497,234430,237402,240036,243157,246201,249261,252550,255353,258453,261313,264313,267367,270473,273044,275940,279102,281828,284858,288234,291218,294148,296958,299994}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'order_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{12,3262,6437,9760,12879,15974,18821,22065,24921,27796,30705,33528,36506,39194,41902,44733,47877,51168,54342,57249,60255,63172,66371,69385,72414,75196,78302,81203,84377,87610,90452,93241,96363,99375,102312,105656,108548,111600,114824,118053,121209,124278,127019,129864,132699,135559,138680,141556,144703,147704,150423,153420,156148,159011,161860,164962,168047,171194,174261,177338,180531,183631,186797,189879,192951,195961,199051,201980,204827,208002,210837,213777,216483,219285,222125,225056,228525,231497,234430,237402,240036,243157,246201,249261,252550,255353,258453,261313,264313,267367,270473,273044,275940,279102,281828,284858,288234,291218,294148,296958,299994}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'provider',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '6'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{card,invoice,paypal}'::text,
	'most_common_freqs', '{0.49966666,0.25256667,0.24776667}'::real[],
	'correlation', '0.37861788'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'reference',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '33'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{00043ad3146f033d4bf1beb502fa6e09,026b7dcf2350c824559b8cc00612de24,05204fdf0a9a07a4eac25ec99af7ae24,07aed3f8ebd6b65750d47af2695e9830,09fc33e53018e6c214db6da7f89b2ea2,0c53e117eae4d767b90c06c4d5a3ec0c,0f0d38d5598844f07d4f4c6152b74ad1,11a3068dc8264bacd2a731440bb0dc92,1421331b52d6835ef4a8828a139741df,16d99f74898222ecc6f06345c1fcb881,1992a7939a83c80be4509237ca9682f9,1c330c47cabfad26af32d6249919ecb8,1ec5f6acf774b618d1723d140ac8acf5,218a7d88cba82b6cca4f1ae59063e3ca,23fa3ca8c25060cc0386fdd3cf775eb3,2679605a17f2e3caeb811af8c5bc8ab4,28f09f74e1c15ed941dee22fb97ce588,2b538469d087978ee0adf9f0b8dfa3d5,2de0550162afd6743c1e3a234fc3f1c1,3061bb66376e9bc1da53e77a14a6292b,331ffa63ab5f2d214d68a6cbbddb3095,35aaa7ab5986b73d861c4f1cf1059946,3827d95d1ab40ef5d1ef9ef6efe06d4f,3af4c02680c752a088f9913953cc0cc1,3d8372246ee1dfe157d2d9adc2e07806,404de6d1afe1f6151ac082f6abaebe31,42b60ff830c5ff3b9a6daeab47a1c70e,4582ef600b4316d72eede3ef78fc77d9,482fa303be8302ed4799405d14fe45db,4afbbc8729dddbda83565d5ffbae7bf2,4daccf099b9a4b8bda16fbfaa9c8fcbe,50759a95aaa41412ae6d65d1ed0bc9a8,530bf4b76b74df32dd51b77457346f65,558d78bc0dc5d3f69c494080fc5f936c,580c7cc6291373f7f15f4ac366cfe6de,5a790995801b1752c53041c5c389d1b3,5d2c3c6c47a61f968fb3375d30bf21a3,5f7421cf077dbdac3f98262b93d4c636,623b5a004e091b6848005305707fc0bc,64ebfe1bc1f92abc2498be8615e692d3,67748bb24fe910432088a12eae79fbd4,69f57fbff39a1f0cd2d0cd0af8a31fc3,6c982c9657a6661e773e6cc2b48250aa,6ee684091fe7cba88c97f114350cb2ea,714cf41d5a95e50d5feb80674c5a3aba,73c514129dcb2329821a008ba9df8bad,761e6675f9e54673cc778e7fdb2823d2,788066c70b88d56fe75d28d567bb4124,7aea6cae5cf332dccd0f2aad404a945f,7d7b04e989115e193107af57ad662dd2,7fd5d52a1f7b1e76ab21a69b9c88ff7d,827c9645fdbdcae880817833c2823172,85622327d1d4b79506b28bd578f8af20,880ab8e3c71a97059c86d7664216bdf3,8a8c717f2c1651dadac5ea3404f7b8ab,8d29bea5f8e2acc09b16bf4786303fc6,8fa86fd783770bd265ac2283cd379808,928c27f63e59551dd2992be987eba747,9508e33efe2f3b9bb4709c4998fc38b4,9795f6b465dba8a2b732510dcea293df,9a29e93fde5fe2d1bd2088fc37d34e76,9cb67de4a9827572471ecb873fd5ebc0,9f5dba082ab990ea2502bdd397b83d63,a1c26f53bb6948776b38bc578ff4f190,a46b8babc4cac2b6afd386e36f4c2c07,a709da99e0348634e3f1430e812771ed,a97be6975c9214de357cfd4bda41024e,abdc4d917ce6b290ce800f12578fbe02,ae8c643004d25250b521d4f7fc01c354,b125fb571050680092b6b496a6180c21,b3bbe207bc08013e477cb5fb077723bc,b60ee632ee74c3bdeb6855a49760d311,b87546c7a8c2532d1c07c4399786f5ac,bace2abd6c034f8901b0ed4284b8ff84,bd605f1ddeab258c1b222dffc1a9ecc9,bfd0fb415216c8d752a722a5b921d818,c248eb59fead38712919252d33b6e658,c5003aac2795d218db6ee83e5dbb28ec,c79a09ecfd69591a365cb23f2e6a7def,ca28b788d0380a48bfe8d58a1cda03b3,cc7a9753f69e09e329f8f47c03343996,cf024b223fe9a46e3a76a0635ad18435,d183f0373b9dac8323eff56e5752b3b3,d4030816d4e5494bcb5ba8d91ad1721b,d68159bcc8608831094ffeac4bb8b5a1,d9189279b8ecbdfbbf2c43d7d3c266d6,dbc50898cf582dfebd6d7adf4eaf9eb6,de453bd286d15d508146cc8ed35bc171,e0f12700f265397d6bd037bf55e6ea6a,e38f33506d2b9e9f151d1acea2a7b206,e64a98242922f7799ec4a0ad6999924f,e8b924b1d7ec558acf7a0cf6b93885e8,eb4d4948a4c9d8a3066cdf48eecbdade,edf24048639f5f5deef731d08c7a1575,f068be4eef440ab7cb32cf8ce11b5922,f2ec3bd0b91771fdfc8b9f573caf50bb,f5ab797de5386f2868f35ff96a052cd9,f83696fd47bf13096991dc9c17de2942,facb8af02d66638c0590db2065231a08,fd6ed0fa4d79444df45bfc2b363ab186,ffff1b67c9bf77f1dd4df612f6f3911d}'::text,
	'correlation', '-0.0025095982'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments',
	'attname', 'status',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '7'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{settled,failed,refunded}'::text,
	'most_common_freqs', '{0.98903334,0.0058333334,0.005133333}'::real[],
	'correlation', '0.9779809'::real
);


--
-- Statistics for Name: products; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'relpages', '364'::integer,
	'reltuples', '20000'::real,
	'relallvisible', '364'::integer,
	'relallfrozen', '364'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'attributes',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '45'::integer,
	'n_distinct', '12'::real,
	'most_common_vals', '{"{\"size\": 1, \"colour\": \"blue\"}","{\"size\": 2, \"colour\": \"green\"}","{\"size\": 3, \"colour\": \"black\"}","{\"size\": 4, \"colour\": \"red\"}","{\"size\": 5, \"colour\": \"blue\"}","{\"size\": 6, \"colour\": \"green\"}","{\"size\": 7, \"colour\": \"black\"}","{\"size\": 8, \"colour\": \"red\"}","{\"size\": 0, \"colour\": \"red\"}","{\"size\": 9, \"colour\": \"blue\"}","{\"size\": 10, \"colour\": \"green\"}","{\"size\": 11, \"colour\": \"black\"}"}'::text,
	'most_common_freqs', '{0.08335,0.08335,0.08335,0.08335,0.08335,0.08335,0.08335,0.08335,0.0833,0.0833,0.0833,0.0833}'::real[],
	'correlation', '0.083454244'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'brand',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '9'::integer,
	'n_distinct', '300'::real,
	'most_common_vals', '{"Brand 130","Brand 35","Brand 5","Brand 102","Brand 124","Brand 118","Brand 159","Brand 43","Brand 19","Brand 31","Brand 87","Brand 168","Brand 166","Brand 181","Brand 296","Brand 46","Brand 209","Brand 280","Brand 86","Brand 133","Brand 153","Brand 161","Brand 165","Brand 172","Brand 22","Brand 38","Brand 108","Brand 110","Brand 134","Brand 146","Brand 158","Brand 203","Brand 233","Brand 120","Brand 154","Brand 174","Brand 260","Brand 281","Brand 32","Brand 141","Brand 170","Brand 188","Brand 193","Brand 220","Brand 58","Brand 127","Brand 173","Brand 178","Brand 189","Brand 2","Brand 229","Brand 262","Brand 267","Brand 269","Brand 272","Brand 119","Brand 135","Brand 163","Brand 179","Brand 182","Brand 218","Brand 60","Brand 70","Brand 111","Brand 131","Brand 215","Brand 253","Brand 286","Brand 59","Brand 65","Brand 73","Brand 85","Brand 11","Brand 136","Brand 143","Brand 167","Brand 222","Brand 227","Brand 240","Brand 246","Brand 258","Brand 6","Brand 71","Brand 88","Brand 137","Brand 15","Brand 152","Brand 171","Brand 214","Brand 234","Brand 252","Brand 266","Brand 297","Brand 103","Brand 106","Brand 145","Brand 162","Brand 164","Brand 187","Brand 192"}'::text,
	'most_common_freqs', '{0.00455,0.0045,0.0044,0.00435,0.00425,0.0042,0.0042,0.0042,0.00415,0.00415,0.00415,0.0041,0.00405,0.00405,0.00405,0.00405,0.004,0.004,0.004,0.00395,0.00395,0.00395,0.00395,0.00395,0.00395,0.00395,0.0039,0.0039,0.0039,0.0039,0.0039,0.0039,0.0039,0.00385,0.00385,0.00385,0.00385,0.00385,0.00385,0.0038,0.0038,0.0038,0.0038,0.0038,0.0038,0.00375,0.00375,0.00375,0.00375,0.00375,0.00375,0.00375,0.00375,0.00375,0.00375,0.0037,0.0037,0.0037,0.0037,0.0037,0.0037,0.0037,0.0037,0.00365,0.00365,0.00365,0.00365,0.00365,0.00365,0.00365,0.00365,0.00365,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.0036,0.00355,0.00355,0.00355,0.00355,0.00355,0.00355,0.00355,0.00355,0.00355,0.0035,0.0035,0.0035,0.0035,0.0035,0.0035,0.0035}'::real[],
	'histogram_bounds', '{"Brand 0","Brand 10","Brand 101","Brand 105","Brand 109","Brand 113","Brand 115","Brand 116","Brand 12","Brand 123","Brand 126","Brand 129","Brand 132","Brand 139","Brand 140","Brand 144","Brand 148","Brand 150","Brand 151","Brand 156","Brand 160","Brand 17","Brand 175","Brand 177","Brand 180","Brand 184","Brand 190","Brand 194","Brand 196","Brand 198","Brand 20","Brand 201","Brand 204","Brand 206","Brand 207","Brand 21","Brand 211","Brand 213","Brand 217","Brand 221","Brand 224","Brand 226","Brand 23","Brand 231","Brand 235","Brand 237","Brand 239","Brand 241","Brand 243","Brand 245","Brand 248","Brand 25","Brand 251","Brand 255","Brand 257","Brand 26","Brand 263","Brand 265","Brand 27","Brand 271","Brand 274","Brand 276","Brand 278","Brand 282","Brand 284","Brand 287","Brand 288","Brand 29","Brand 291","Brand 294","Brand 298","Brand 3","Brand 30","Brand 34","Brand 39","Brand 4","Brand 41","Brand 44","Brand 48","Brand 50","Brand 52","Brand 54","Brand 56","Brand 61","Brand 63","Brand 66","Brand 68","Brand 7","Brand 72","Brand 76","Brand 78","Brand 8","Brand 81","Brand 83","Brand 84","Brand 9","Brand 91","Brand 93","Brand 95","Brand 97","Brand 99"}'::text,
	'correlation', '0.009637088'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'category_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '400'::real,
	'most_common_vals', '{192,14,237,125,136,334,111,197,211,299,379,62,69,93,131,174,375,57,126,294,296,355,356,380,383,83,104,140,238,274,89,127,135,166,262,128,278,370,58,80,115,118,120,159,161,188,236,245,267,272,309,314,354,362,82,100,145,160,167,209,240,260,301,340,10,24,45,60,109,195,202,213,225,253,264,273,302,345,351,357,382,16,130,162,187,207,210,212,224,239,250,323,331,336,352,367,376,385,34,74}'::text,
	'most_common_freqs', '{0.0035,0.0033,0.0033,0.00325,0.00325,0.00325,0.0032,0.0032,0.0032,0.0032,0.0032,0.00315,0.00315,0.00315,0.00315,0.00315,0.00315,0.0031,0.0031,0.0031,0.0031,0.0031,0.0031,0.0031,0.0031,0.00305,0.00305,0.00305,0.00305,0.00305,0.003,0.003,0.003,0.003,0.003,0.00295,0.00295,0.00295,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.0029,0.00285,0.00285,0.00285,0.00285,0.00285,0.00285,0.00285,0.00285,0.00285,0.00285,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.0028,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.00275,0.0027,0.0027}'::real[],
	'histogram_bounds', '{1,4,7,11,15,19,22,26,29,32,36,39,42,46,49,52,56,61,65,68,72,76,79,85,88,92,96,99,103,107,112,116,121,123,133,137,141,144,148,151,154,157,164,169,172,176,179,182,185,189,193,198,203,206,215,218,221,226,229,231,235,243,247,251,255,258,263,268,271,277,281,284,287,290,293,298,304,307,311,315,318,321,325,328,332,337,341,344,348,353,360,364,368,372,377,384,388,391,394,397,400}'::text,
	'correlation', '0.004043572'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'created_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2022-01-01 01:00:00","2022-01-09 08:00:00","2022-01-17 16:00:00","2022-01-26 00:00:00","2022-02-03 08:00:00","2022-02-11 16:00:00","2022-02-20 00:00:00","2022-02-28 08:00:00","2022-03-08 16:00:00","2022-03-17 00:00:00","2022-03-25 08:00:00","2022-04-02 16:00:00","2022-04-11 00:00:00","2022-04-19 08:00:00","2022-04-27 16:00:00","2022-05-06 00:00:00","2022-05-14 08:00:00","2022-05-22 16:00:00","2022-05-31 00:00:00","2022-06-08 08:00:00","2022-06-16 16:00:00","2022-06-25 00:00:00","2022-07-03 08:00:00","2022-07-11 16:00:00","2022-07-20 00:00:00","2022-07-28 08:00:00","2022-08-05 16:00:00","2022-08-14 00:00:00","2022-08-22 08:00:00","2022-08-30 16:00:00","2022-09-08 00:00:00","2022-09-16 08:00:00","2022-09-24 16:00:00","2022-10-03 00:00:00","2022-10-11 08:00:00","2022-10-19 16:00:00","2022-10-28 00:00:00","2022-11-05 08:00:00","2022-11-13 16:00:00","2022-11-22 00:00:00","2022-11-30 08:00:00","2022-12-08 16:00:00","2022-12-17 00:00:00","2022-12-25 08:00:00","2023-01-02 16:00:00","2023-01-11 00:00:00","2023-01-19 08:00:00","2023-01-27 16:00:00","2023-02-05 00:00:00","2023-02-13 08:00:00","2023-02-21 16:00:00","2023-03-02 00:00:00","2023-03-10 08:00:00","2023-03-18 16:00:00","2023-03-27 00:00:00","2023-04-04 08:00:00","2023-04-12 16:00:00","2023-04-21 00:00:00","2023-04-29 08:00:00","2023-05-07 16:00:00","2023-05-16 00:00:00","2023-05-24 08:00:00","2023-06-01 16:00:00","2023-06-10 00:00:00","2023-06-18 08:00:00","2023-06-26 16:00:00","2023-07-05 00:00:00","2023-07-13 08:00:00","2023-07-21 16:00:00","2023-07-30 00:00:00","2023-08-07 08:00:00","2023-08-15 16:00:00","2023-08-24 00:00:00","2023-09-01 08:00:00","2023-09-09 16:00:00","2023-09-18 00:00:00","2023-09-26 08:00:00","2023-10-04 16:00:00","2023-10-13 00:00:00","2023-10-21 08:00:00","2023-10-29 16:00:00","2023-11-07 00:00:00","2023-11-15 08:00:00","2023-11-23 16:00:00","2023-12-02 00:00:00","2023-12-10 08:00:00","2023-12-18 16:00:00","2023-12-27 00:00:00","2024-01-04 08:00:00","2024-01-12 16:00:00","2024-01-21 00:00:00","2024-01-29 08:00:00","2024-02-06 16:00:00","2024-02-15 00:00:00","2024-02-23 08:00:00","2024-03-02 16:00:00","2024-03-11 00:00:00","2024-03-19 08:00:00","2024-03-27 16:00:00","2024-04-05 00:00:00","2024-04-13 08:00:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{1,200,400,600,800,1000,1200,1400,1600,1800,2000,2200,2400,2600,2800,3000,3200,3400,3600,3800,4000,4200,4400,4600,4800,5000,5200,5400,5600,5800,6000,6200,6400,6600,6800,7000,7200,7400,7600,7800,8000,8200,8400,8600,8800,9000,9200,9400,9600,9800,10000,10200,10400,10600,10800,11000,11200,11400,11600,11800,12000,12200,12400,12600,12800,13000,13200,13400,13600,13800,14000,14200,14400,14600,14800,15000,15200,15400,15600,15800,16000,16200,16400,16600,16800,17000,17200,17400,17600,17800,18000,18200,18400,18600,18800,19000,19200,19400,19600,19800,20000}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'name',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '13'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"Product 0","Product 10176","Product 10356","Product 10536","Product 10716","Product 10897","Product 11076","Product 11256","Product 11436","Product 11616","Product 11797","Product 11977","Product 12156","Product 12336","Product 12516","Product 12697","Product 12877","Product 13056","Product 13236","Product 13416","Product 13597","Product 13777","Product 13957","Product 14136","Product 14316","Product 14497","Product 14677","Product 14857","Product 15036","Product 15216","Product 15397","Product 15577","Product 15757","Product 15937","Product 16116","Product 16297","Product 16477","Product 16657","Product 16837","Product 17016","Product 17197","Product 17377","Product 17557","Product 17737","Product 17917","Product 18097","Product 18277","Product 18457","Product 18637","Product 18817","Product 18998","Product 19177","Product 19357","Product 19537","Product 19717","Product 19898","Product 2077","Product 2257","Product 2437","Product 2617","Product 2798","Product 2978","Product 3157","Product 3337","Product 3517","Product 3698","Product 3878","Product 4057","Product 4237","Product 4417","Product 4598","Product 4778","Product 4958","Product 5137","Product 5317","Product 5498","Product 5678","Product 5858","Product 6037","Product 6217","Product 6398","Product 6578","Product 6758","Product 6938","Product 7117","Product 7298","Product 7478","Product 7658","Product 7838","Product 8017","Product 8198","Product 8378","Product 8558","Product 8738","Product 8918","Product 9098","Product 9278","Product 9458","Product 9638","Product 9818","Product 9999"}'::text,
	'correlation', '0.00013167434'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'price',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '-0.8251'::real,
	'most_common_vals', '{4423,33052,43989,49512,2073,3160,4328,11336,12165,12255,14500,15690,15775,19274,19532,20920,24349,27435,31566,33396,34487,34539,34723,35594,36910,37251,37289,40089,40153,42043,43187,183,352,378,445,499,566,965,1256,1386,1514,1584,1599,2116,2268,2502,2704,2805,2887,3936,4075,4450,4548,4562,4585,4954,5291,5408,5582,5729,5844,6134,6445,6469,6728,6761,6895,7009,7195,7489,7826,7865,8011,8039,8141,8182,8218,8308,8373,8442,8744,8755,8914,8925,8972,9016,9080,9153,9193,9306,9388,9663,9696,10020,10216,10242,10298,10846,11046,11118}'::text,
	'most_common_freqs', '{0.00025,0.00025,0.00025,0.00025,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.0002,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015,0.00015}'::real[],
	'histogram_bounds', '{100,651,1224,1804,2336,2868,3314,3787,4263,4820,5415,5926,6437,6945,7488,7991,8518,9060,9560,10120,10659,11150,11606,12109,12601,13102,13617,14116,14634,15145,15566,16101,16595,17133,17655,18133,18585,19006,19516,20018,20505,20971,21429,21900,22371,22881,23359,23904,24382,24906,25370,25852,26384,26870,27436,27965,28443,28914,29454,30010,30494,30995,31512,31997,32523,33045,33516,34018,34543,34982,35464,35996,36456,37016,37457,37957,38454,38943,39420,39869,40332,40779,41293,41777,42265,42798,43245,43690,44171,44707,45171,45634,46093,46613,47082,47601,48112,48673,49129,49544,50095}'::text,
	'correlation', '0.0066697816'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'sku',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '12'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{SKU-0000001,SKU-0000200,SKU-0000400,SKU-0000600,SKU-0000800,SKU-0001000,SKU-0001200,SKU-0001400,SKU-0001600,SKU-0001800,SKU-0002000,SKU-0002200,SKU-0002400,SKU-0002600,SKU-0002800,SKU-0003000,SKU-0003200,SKU-0003400,SKU-0003600,SKU-0003800,SKU-0004000,SKU-0004200,SKU-0004400,SKU-0004600,SKU-0004800,SKU-0005000,SKU-0005200,SKU-0005400,SKU-0005600,SKU-0005800,SKU-0006000,SKU-0006200,SKU-0006400,SKU-0006600,SKU-0006800,SKU-0007000,SKU-0007200,SKU-0007400,SKU-0007600,SKU-0007800,SKU-0008000,SKU-0008200,SKU-0008400,SKU-0008600,SKU-0008800,SKU-0009000,SKU-0009200,SKU-0009400,SKU-0009600,SKU-0009800,SKU-0010000,SKU-0010200,SKU-0010400,SKU-0010600,SKU-0010800,SKU-0011000,SKU-0011200,SKU-0011400,SKU-0011600,SKU-0011800,SKU-0012000,SKU-0012200,SKU-0012400,SKU-0012600,SKU-0012800,SKU-0013000,SKU-0013200,SKU-0013400,SKU-0013600,SKU-0013800,SKU-0014000,SKU-0014200,SKU-0014400,SKU-0014600,SKU-0014800,SKU-0015000,SKU-0015200,SKU-0015400,SKU-0015600,SKU-0015800,SKU-0016000,SKU-0016200,SKU-0016400,SKU-0016600,SKU-0016800,SKU-0017000,SKU-0017200,SKU-0017400,SKU-0017600,SKU-0017800,SKU-0018000,SKU-0018200,SKU-0018400,SKU-0018600,SKU-0018800,SKU-0019000,SKU-0019200,SKU-0019400,SKU-0019600,SKU-0019800,SKU-0020000}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'status',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '5'::integer,
	'n_distinct', '3'::real,
	'most_common_vals', '{live,retired,draft}'::text,
	'most_common_freqs', '{0.9,0.08,0.02}'::real[],
	'correlation', '0.81665295'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products',
	'attname', 'stock',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '200'::real,
	'most_common_vals', '{174,135,102,107,170,18,86,11,145,177,138,17,73,175,76,195,198,5,36,59,62,115,161,162,188,199,68,80,144,71,151,157,193,42,61,134,139,168,197,79,85,131,156,173,184,57,127,152,153,172,179,194,10,51,97,103,104,154,158,92,35,48,50,77,98,150,191,28,47,52,60,113,136,140,167,187,25,33,75,90,96,143,160,182,6,7,8,12,16,27,43,89,93,148,186,31,34,38,65,123}'::text,
	'most_common_freqs', '{0.00705,0.00645,0.0063,0.0063,0.0063,0.00625,0.00615,0.00585,0.00585,0.00585,0.0058,0.00575,0.0057,0.0057,0.00565,0.00565,0.00565,0.0056,0.0056,0.0056,0.0056,0.0056,0.0056,0.0056,0.0056,0.0056,0.00555,0.00555,0.00555,0.0055,0.0055,0.0055,0.0055,0.00545,0.00545,0.00545,0.00545,0.00545,0.00545,0.0054,0.0054,0.0054,0.0054,0.0054,0.0054,0.00535,0.00535,0.00535,0.00535,0.00535,0.00535,0.00535,0.0053,0.0053,0.0053,0.0053,0.0053,0.0053,0.0053,0.00525,0.0052,0.0052,0.0052,0.0052,0.0052,0.0052,0.0052,0.00515,0.00515,0.00515,0.00515,0.00515,0.00515,0.00515,0.00515,0.00515,0.0051,0.0051,0.0051,0.0051,0.0051,0.0051,0.0051,0.0051,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.00505,0.005,0.005,0.005,0.005,0.005}'::real[],
	'histogram_bounds', '{0,0,1,3,4,9,13,14,15,19,20,21,22,23,24,26,29,30,32,37,39,40,41,44,45,46,49,53,54,55,56,58,63,64,66,67,69,70,72,74,78,81,82,83,84,87,88,91,94,95,99,100,101,105,106,108,109,110,111,112,114,116,117,118,119,120,121,122,124,125,126,128,129,130,132,133,137,141,142,146,147,149,155,159,163,164,165,166,169,171,176,178,180,181,183,185,189,190,196,196}'::text,
	'correlation', '0.009605962'::real
);


--
-- Statistics for Name: reviews; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'relpages', '5000'::integer,
	'reltuples', '150000'::real,
	'relallvisible', '5000'::integer,
	'relallfrozen', '5000'::integer
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'approved',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '1'::integer,
	'n_distinct', '2'::real,
	'most_common_vals', '{t,f}'::text,
	'most_common_freqs', '{0.95886666,0.041133333}'::real[],
	'correlation', '0.92151946'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'body',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '184'::integer,
	'n_distinct', '1'::real,
	'most_common_vals', '{"words words words words words words words words words words words words words words words words words words words words words words words words words words words words words words "}'::text,
	'most_common_freqs', '{1}'::real[],
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'created_at',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"2023-01-01 00:20:00","2023-01-05 22:20:00","2023-01-11 00:05:00","2023-01-15 17:50:00","2023-01-20 12:20:00","2023-01-25 10:50:00","2023-01-31 03:20:00","2023-02-05 13:05:00","2023-02-10 22:25:00","2023-02-16 06:45:00","2023-02-21 11:50:00","2023-02-26 17:50:00","2023-03-04 02:40:00","2023-03-09 12:50:00","2023-03-14 08:05:00","2023-03-19 14:55:00","2023-03-24 23:20:00","2023-03-29 16:15:00","2023-04-04 03:50:00","2023-04-09 14:45:00","2023-04-14 11:55:00","2023-04-20 04:20:00","2023-04-25 17:35:00","2023-04-30 17:45:00","2023-05-06 04:55:00","2023-05-11 20:40:00","2023-05-17 13:00:00","2023-05-23 00:15:00","2023-05-28 05:45:00","2023-06-02 10:35:00","2023-06-07 14:50:00","2023-06-12 20:40:00","2023-06-17 20:35:00","2023-06-23 09:50:00","2023-06-28 02:00:00","2023-07-03 10:45:00","2023-07-08 15:55:00","2023-07-14 03:40:00","2023-07-19 17:05:00","2023-07-24 22:35:00","2023-07-30 09:35:00","2023-08-04 13:15:00","2023-08-09 19:25:00","2023-08-14 23:50:00","2023-08-19 23:55:00","2023-08-24 20:35:00","2023-08-29 16:00:00","2023-09-03 18:35:00","2023-09-09 08:40:00","2023-09-14 10:45:00","2023-09-19 06:30:00","2023-09-24 13:25:00","2023-09-29 09:50:00","2023-10-04 22:25:00","2023-10-10 02:45:00","2023-10-15 07:55:00","2023-10-20 08:10:00","2023-10-26 07:10:00","2023-10-31 13:00:00","2023-11-05 15:00:00","2023-11-10 15:00:00","2023-11-15 18:25:00","2023-11-20 06:50:00","2023-11-25 16:55:00","2023-11-30 16:20:00","2023-12-05 22:25:00","2023-12-11 03:55:00","2023-12-16 10:25:00","2023-12-21 19:00:00","2023-12-26 14:15:00","2023-12-31 17:00:00","2024-01-06 03:50:00","2024-01-11 09:05:00","2024-01-16 16:35:00","2024-01-21 17:25:00","2024-01-26 22:50:00","2024-02-01 08:30:00","2024-02-06 12:45:00","2024-02-11 12:20:00","2024-02-16 15:50:00","2024-02-21 19:45:00","2024-02-26 23:35:00","2024-03-02 20:25:00","2024-03-08 00:10:00","2024-03-13 04:45:00","2024-03-18 13:30:00","2024-03-23 17:30:00","2024-03-28 19:50:00","2024-04-02 19:20:00","2024-04-08 01:45:00","2024-04-13 11:20:00","2024-04-18 16:30:00","2024-04-24 05:45:00","2024-04-29 04:05:00","2024-05-04 20:50:00","2024-05-10 00:00:00","2024-05-15 04:20:00","2024-05-20 08:25:00","2024-05-25 13:55:00","2024-05-30 17:40:00","2024-06-04 19:50:00"}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'customer_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.26660666'::real,
	'most_common_vals', '{3231,34051}'::text,
	'most_common_freqs', '{0.0002,0.0002}'::real[],
	'histogram_bounds', '{2,533,1036,1544,1993,2474,2967,3460,3991,4485,4984,5441,5933,6409,6970,7485,7938,8448,8979,9458,10002,10495,10971,11487,11993,12506,12980,13521,14020,14493,14951,15403,15931,16432,16926,17413,17984,18447,18963,19462,19968,20487,20961,21453,21934,22467,22953,23441,23968,24490,24968,25495,25982,26525,27040,27552,28045,28520,29016,29514,30054,30523,30986,31499,31999,32506,33031,33559,34057,34559,35014,35541,36079,36535,37064,37594,38042,38555,38997,39498,39970,40430,40934,41457,41963,42474,42942,43456,44016,44548,45013,45487,45949,46478,47012,47522,48025,48486,49006,49498,49998}'::text,
	'correlation', '0.007502248'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{4,1420,2881,4246,5620,7042,8680,10237,11789,13329,14830,16342,17888,19450,20833,22355,23896,25251,26830,28401,29807,31444,33043,34485,36059,37688,39324,40899,42405,43903,45394,46904,48343,49942,51288,52833,54335,55916,57517,59023,60595,62079,63593,65086,66527,67927,69312,70783,72392,73857,75246,76769,78166,79757,81249,82751,84194,85910,87420,88884,90324,91805,93106,94667,96100,97613,99119,100637,102180,103563,105036,106606,108109,109639,111089,112594,114150,115641,117076,118558,120045,121531,122933,124418,125913,127458,128946,130414,131848,133365,134920,136422,138021,139441,141082,142560,144052,145541,147047,148532,149998}'::text,
	'correlation', '1'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'product_id',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '8'::integer,
	'n_distinct', '-0.12626'::real,
	'most_common_vals', '{4102,3236,8317,11532,180,3251,6380,7120,7918,8274,8734,9072,9156,9502,10138,11791,11970,11987,12502,13340,14519,14809,17011}'::text,
	'most_common_freqs', '{0.0003,0.00026666667,0.00026666667,0.00026666667,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334,0.00023333334}'::real[],
	'histogram_bounds', '{1,188,385,553,752,960,1144,1345,1538,1745,1930,2124,2338,2542,2735,2937,3128,3330,3536,3724,3913,4118,4316,4534,4744,4957,5156,5371,5561,5748,5940,6143,6325,6528,6742,6927,7151,7342,7548,7736,7944,8144,8360,8558,8766,8965,9174,9370,9582,9779,9978,10185,10384,10583,10779,10963,11165,11391,11602,11789,11979,12197,12404,12595,12791,13017,13215,13430,13612,13799,13990,14189,14393,14600,14790,14985,15196,15381,15573,15784,15977,16155,16376,16589,16782,16979,17171,17374,17578,17780,17969,18162,18373,18572,18782,18976,19193,19401,19604,19802,19999}'::text,
	'correlation', '0.008701989'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'rating',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '4'::integer,
	'n_distinct', '5'::real,
	'most_common_vals', '{1,5,3,4,2}'::text,
	'most_common_freqs', '{0.20243333,0.20116666,0.20006667,0.1993,0.19703333}'::real[],
	'correlation', '0.19827572'::real
);
SELECT * FROM pg_catalog.pg_restore_attribute_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews',
	'attname', 'title',
	'inherited', 'f'::boolean,
	'null_frac', '0'::real,
	'avg_width', '12'::integer,
	'n_distinct', '-1'::real,
	'histogram_bounds', '{"Title 100002","Title 101380","Title 102721","Title 104025","Title 10540","Title 10685","Title 108165","Title 109557","Title 110836","Title 112231","Title 113660","Title 114918","Title 116261","Title 117529","Title 118863","Title 120162","Title 1215","Title 122811","Title 124187","Title 125519","Title 126939","Title 128338","Title 129678","Title 13090","Title 132228","Title 133492","Title 134948","Title 136241","Title 137650","Title 139016","Title 140328","Title 141843","Title 143169","Title 144492","Title 145885","Title 147178","Title 148572","Title 149811","Title 16209","Title 17616","Title 18991","Title 20347","Title 21593","Title 23087","Title 24318","Title 25549","Title 2701","Title 28416","Title 29717","Title 31124","Title 32561","Title 33900","Title 35264","Title 36738","Title 38081","Title 3961","Title 40920","Title 42249","Title 43660","Title 44985","Title 46268","Title 47550","Title 48819","Title 50195","Title 51505","Title 52887","Title 54206","Title 55634","Title 5710","Title 58356","Title 59766","Title 612","Title 62513","Title 63849","Title 65209","Title 66520","Title 67744","Title 6899","Title 70272","Title 71744","Title 73022","Title 74318","Title 75670","Title 77075","Title 78271","Title 79751","Title 81169","Title 82554","Title 838","Title 85286","Title 86680","Title 88009","Title 89347","Title 90663","Title 92020","Title 93211","Title 94602","Title 95926","Title 97239","Title 98699","Title 99996"}'::text,
	'correlation', '-0.32759324'::real
);


--
-- Statistics for Name: addresses_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'addresses_pkey',
	'relpages', '221'::integer,
	'reltuples', '80000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: categories_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'categories_pkey',
	'relpages', '2'::integer,
	'reltuples', '400'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: coupons_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'coupons_pkey',
	'relpages', '16'::integer,
	'reltuples', '5000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: customers_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'customers_pkey',
	'relpages', '139'::integer,
	'reltuples', '50000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: events_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'events_pkey',
	'relpages', '2745'::integer,
	'reltuples', '1e+06'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: order_items_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'order_items_pkey',
	'relpages', '2470'::integer,
	'reltuples', '900000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: orders_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'orders_pkey',
	'relpages', '825'::integer,
	'reltuples', '300000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: payments_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'payments_pkey',
	'relpages', '825'::integer,
	'reltuples', '300000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: products_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'products_pkey',
	'relpages', '57'::integer,
	'reltuples', '20000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- Statistics for Name: reviews_pkey; Type: STATISTICS DATA; Schema: public; Owner: -
--

SELECT * FROM pg_catalog.pg_restore_relation_stats(
	'version', '180004'::integer,
	'schemaname', 'public',
	'relname', 'reviews_pkey',
	'relpages', '414'::integer,
	'reltuples', '150000'::real,
	'relallvisible', '0'::integer,
	'relallfrozen', '0'::integer
);


--
-- PostgreSQL database dump complete
--

\unrestrict jX19sbO6adSu0MSp0p5lmAYePo6ce60dXzXpNbUsFiEJSVuDUd1I9HwdxHTsqeA

